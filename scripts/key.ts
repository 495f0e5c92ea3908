import { keyCommand } from "../src/cli/key.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(keyCommand());
