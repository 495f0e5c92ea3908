import { auditCommand } from "../src/cli/auditing/audit.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(auditCommand());
