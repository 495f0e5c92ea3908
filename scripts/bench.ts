import { benchCommand } from "../bench/bench-command.ts";
import { run } from "../src/cli/run.ts";

await run(benchCommand());
