import { run } from "../src/cli/run.ts";
import { storeCommand } from "../src/cli/store.ts";

await run(storeCommand());
