import { benchCommand } from "../bench/bench-command.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(benchCommand());
