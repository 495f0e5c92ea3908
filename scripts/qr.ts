import { qrCommand } from "../src/cli/qr.ts";
import { run } from "../src/cli/run.ts";

await run(qrCommand());
