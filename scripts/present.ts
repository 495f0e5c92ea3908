import { presentCommand } from "../src/cli/showing/present.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(presentCommand());
