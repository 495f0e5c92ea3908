import { serveCommand } from "../src/cli/service/serve.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(serveCommand());
