import { presentCommand } from "../src/cli/present.ts";
import { run } from "../src/cli/run.ts";

await run(presentCommand());
