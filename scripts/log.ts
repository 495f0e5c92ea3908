import { logCommand } from "../src/cli/service/log.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(logCommand());
