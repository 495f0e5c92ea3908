import { agencyCommand } from "../src/cli/agency/agency.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(agencyCommand());
