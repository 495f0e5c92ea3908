import { recogniseCommand } from "../src/cli/recognise.ts";
import { run } from "../src/cli/run.ts";

await run(recogniseCommand());
