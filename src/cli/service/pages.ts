import { join } from "node:path";
import { Command } from "commander";
import { build } from "vite";
import { createOutput } from "../terminal/output.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const BUILT = join("dist", "pages");

export function pagesCommand(): Command {
  return new Command("pages")
    .description("Build the pages of wallet and counter anew, which ./lz serve serves\n构建页面")
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", NOTES)
    .action(buildPages);
}

const NOTES = `
Every ./lz command builds them where they are missing or older than their sources; this does it in any case.

Example:
  ./lz pages
Next: ./lz serve`;

async function buildPages(options: { readonly json?: true }): Promise<void> {
  const output = createOutput(options.json === true);
  await build({ configFile: join(ROOT, "vite.config.ts"), logLevel: "error" });
  output.say(`页面已构建 The pages are in ${BUILT}.`);
  output.result({ folder: BUILT });
}
