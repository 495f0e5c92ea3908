import { catalogueCommand } from "../src/cli/catalogue/catalogue.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(catalogueCommand());
