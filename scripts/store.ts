import { run } from "../src/cli/terminal/run.ts";
import { storeCommand } from "../src/cli/auditing/store.ts";

await run(storeCommand());
