import { exportCommand } from "../src/cli/export.ts";
import { run } from "../src/cli/run.ts";

await run(exportCommand());
