import { sampleCommand } from "../src/cli/sample.ts";
import { run } from "../src/cli/run.ts";

await run(sampleCommand());
