import { pdfCommand } from "../src/cli/pdf.ts";
import { run } from "../src/cli/run.ts";

await run(pdfCommand());
