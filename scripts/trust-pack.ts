import { run } from "../src/cli/terminal/run.ts";
import { trustPackCommand } from "../src/cli/verifying/trust-pack.ts";

await run(trustPackCommand());
