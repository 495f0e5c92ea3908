import { serveCommand } from "../src/cli/serve.ts";
import { run } from "../src/cli/run.ts";

await run(serveCommand());
