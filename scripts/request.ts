import { requestCommand } from "../src/cli/showing/request.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(requestCommand());
