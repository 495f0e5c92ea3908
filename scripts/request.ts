import { requestCommand } from "../src/cli/request.ts";
import { run } from "../src/cli/run.ts";

await run(requestCommand());
