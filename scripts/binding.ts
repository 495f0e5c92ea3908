import { bindingCommand } from "../src/cli/binding.ts";
import { run } from "../src/cli/run.ts";

await run(bindingCommand());
