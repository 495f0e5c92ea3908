import { drillCommand } from "../src/cli/playing/drill.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(drillCommand());
