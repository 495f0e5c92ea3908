import { statusCommand } from "../src/cli/status.ts";
import { run } from "../src/cli/run.ts";

await run(statusCommand());
