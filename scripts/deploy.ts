import { deployCommand } from "../src/cli/governance/deploy.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(deployCommand());
