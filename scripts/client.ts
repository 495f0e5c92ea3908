import { clientCommand } from "../src/cli/client.ts";
import { run } from "../src/cli/run.ts";

await run(clientCommand());
