import { receiptCommand } from "../src/cli/receipt.ts";
import { run } from "../src/cli/run.ts";

await run(receiptCommand());
