import { agencyCommand } from "../src/cli/agency.ts";
import { run } from "../src/cli/run.ts";

await run(agencyCommand());
