import { qrCommand } from "../src/cli/delivery/qr.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(qrCommand());
