import { chainCommand } from "../src/cli/chain.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(chainCommand());
