import { drillCommand } from "../src/cli/drill.ts";
import { run } from "../src/cli/run.ts";

await run(drillCommand());
