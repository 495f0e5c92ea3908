import { clientCommand } from "../src/cli/service/client.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(clientCommand());
