import { retentionCommand } from "../src/cli/service/retention.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(retentionCommand());
