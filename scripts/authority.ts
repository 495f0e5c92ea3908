import { authorityCommand } from "../src/cli/authority.ts";
import { run } from "../src/cli/run.ts";

await run(authorityCommand());
