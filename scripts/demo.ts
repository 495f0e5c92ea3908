import { demoCommand } from "../src/cli/demo.ts";
import { run } from "../src/cli/run.ts";

await run(demoCommand());
