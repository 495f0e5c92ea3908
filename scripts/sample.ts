import { sampleCommand } from "../src/cli/issuing/sample.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(sampleCommand());
