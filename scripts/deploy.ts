import { deployCommand } from "../src/cli/deploy.ts";
import { run } from "../src/cli/run.ts";

await run(deployCommand());
