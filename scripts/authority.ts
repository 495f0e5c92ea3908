import { authorityCommand } from "../src/cli/governance/authority.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(authorityCommand());
