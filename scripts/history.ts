import { historyCommand } from "../src/cli/history.ts";
import { run } from "../src/cli/run.ts";

await run(historyCommand());
