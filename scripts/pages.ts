import { pagesCommand } from "../src/cli/pages.ts";
import { run } from "../src/cli/run.ts";

await run(pagesCommand());
