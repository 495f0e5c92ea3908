import { keyCommand } from "../src/cli/key.ts";
import { run } from "../src/cli/run.ts";

await run(keyCommand());
