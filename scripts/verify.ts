import { verifyCommand } from "../src/cli/verify.ts";
import { run } from "../src/cli/run.ts";

await run(verifyCommand());
