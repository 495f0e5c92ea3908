import { receiptCommand } from "../src/cli/verifying/receipt.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(receiptCommand());
