import { recogniseCommand } from "../src/cli/recognition/recognise.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(recogniseCommand());
