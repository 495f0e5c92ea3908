import { exportCommand } from "../src/cli/delivery/export.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(exportCommand());
