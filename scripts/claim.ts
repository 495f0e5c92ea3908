import { claimCommand } from "../src/cli/claim.ts";
import { run } from "../src/cli/run.ts";

await run(claimCommand());
