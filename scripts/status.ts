import { statusCommand } from "../src/cli/status/status.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(statusCommand());
