import { writeErrorsPage } from "../src/cli/errors-page.ts";

await writeErrorsPage();
