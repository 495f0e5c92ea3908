import { run } from "../src/cli/run.ts";
import { trustPackCommand } from "../src/cli/trust-pack.ts";

await run(trustPackCommand());
