import { verifyCommand } from "../src/cli/verifying/verify.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(verifyCommand());
