import { demoCommand } from "../src/cli/playing/demo.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(demoCommand());
