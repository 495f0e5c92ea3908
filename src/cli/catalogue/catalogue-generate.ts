/** Writes an invented catalogue into a folder, as large as a country's, to try things on. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import { CATALOGUE_SIZE, generateCatalogue } from "../../app/sample/generate-catalogue.ts";
import type { CatalogueOptions } from "../../app/sample/generate-catalogue.ts";
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import { NATIONAL } from "../../core/identifiers/region.ts";
import { Problem } from "../../core/problem.ts";
import { makeFolder, writeDurably } from "../../main/files.ts";
import { createOutput } from "../terminal/output.ts";
import { integer } from "../terminal/options.ts";
import { createProgress } from "../terminal/progress.ts";

export function generateCommand(): Command {
  return new Command("generate")
    .description(
      "Write an invented catalogue of certificate types, marked demo\n生成样例目录（纯属虚构）",
    )
    .requiredOption("--out <folder>", "the folder to write to; it must be empty or not there yet")
    .option("--count <n>", "how many types", integer, CATALOGUE_SIZE)
    .option("--seed <text>", "the same seed gives the same bytes", "1")
    .option("--collisions <n>", "how many regional types take a national one's name", integer, 0)
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", NOTES)
    .action(generate);
}

const NOTES = `
Its authorities and types are invented; one type in seven is a province's own. With --collisions, publishing it shows what a
conflict report looks like.

Example:
  ./lz catalogue generate --out demo-catalogue --seed 7
Next: ./lz catalogue publish demo-catalogue`;

interface GenerateOptions {
  readonly out: string;
  readonly count: number;
  readonly seed: string;
  readonly collisions: number;
  readonly json?: true;
}

async function generate(options: GenerateOptions): Promise<void> {
  const { out, count, seed, collisions } = options;
  const output = createOutput(options.json === true);
  const types = typesOf({ count, seed, collisions });
  await requireEmpty(out);
  await writeTypes(out, types, output.isJson);
  const national = types.filter(({ region }) => region === NATIONAL).length;
  const regional = types.length - national;
  output.say(
    `已写入 ${String(count)} 个样例证照类型 Wrote ${String(count)} invented types to ${out}:`,
  );
  output.say(`国家 national ${String(national)}, 地方 regional ${String(regional)}`);
  output.say(`下一步 Next: ./lz catalogue publish ${out}`);
  output.result({ folder: out, count, seed, national, regional, collisions });
}

/** @throws Problem USAGE for more than can be invented. */
function typesOf(options: CatalogueOptions): CertificateType[] {
  try {
    return generateCatalogue(options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Problem("USAGE", `--count, --collisions: ${error.message}`, error);
  }
}

async function requireEmpty(folder: string): Promise<void> {
  await makeFolder(folder);
  if ((await readdir(folder)).length > 0) throw new Problem("FOLDER_NOT_EMPTY", folder);
}

async function writeTypes(
  folder: string,
  types: readonly CertificateType[],
  isQuiet: boolean,
): Promise<void> {
  const progress = createProgress(isQuiet);
  for (const [i, type] of types.entries()) {
    const file = join(folder, `${type.code}.json`);
    await writeDurably(file, `${JSON.stringify(type, null, 2)}\n`);
    progress.show("types", i + 1, types.length);
  }
  progress.end();
}
