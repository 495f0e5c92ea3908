import { auditCommand } from "../src/cli/audit.ts";
import { run } from "../src/cli/run.ts";

await run(auditCommand());
