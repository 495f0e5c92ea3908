import { logCommand } from "../src/cli/log.ts";
import { run } from "../src/cli/run.ts";

await run(logCommand());
