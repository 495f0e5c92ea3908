import { historyCommand } from "../src/cli/auditing/history.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(historyCommand());
