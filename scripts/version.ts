import { versionCommand } from "../src/cli/version.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(versionCommand());
