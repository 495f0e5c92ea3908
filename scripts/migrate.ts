import { migrateCommand } from "../src/cli/migrate.ts";
import { run } from "../src/cli/run.ts";

await run(migrateCommand());
