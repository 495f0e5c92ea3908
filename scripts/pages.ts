import { pagesCommand } from "../src/cli/service/pages.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(pagesCommand());
