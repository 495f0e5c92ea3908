import { pdfCommand } from "../src/cli/delivery/pdf.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(pdfCommand());
