import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errorsPage } from "../app/errors-page.ts";

export const ERRORS_PAGE = join(import.meta.dirname, "..", "..", "docs", "errors.md");

export async function writeErrorsPage(): Promise<void> {
  await writeFile(ERRORS_PAGE, errorsPage());
}
