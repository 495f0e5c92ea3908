import { retentionCommand } from "../src/cli/retention.ts";
import { run } from "../src/cli/run.ts";

await run(retentionCommand());
