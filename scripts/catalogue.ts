import { catalogueCommand } from "../src/cli/catalogue.ts";
import { run } from "../src/cli/run.ts";

await run(catalogueCommand());
