import { claimCommand } from "../src/cli/delivery/claim.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(claimCommand());
