import { bindingCommand } from "../src/cli/showing/binding.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(bindingCommand());
