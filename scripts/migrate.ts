import { migrateCommand } from "../src/cli/governance/migrate.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(migrateCommand());
