import { chainCommand } from "../src/cli/chain.ts";
import { run } from "../src/cli/run.ts";

await run(chainCommand());
