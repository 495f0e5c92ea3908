import { writeFile } from "node:fs/promises";
import { Command } from "commander";
import { DEMO_AGENCIES } from "../../app/sample/demo-agencies.ts";
import { generateRecords } from "../../app/sample/generate-records.ts";
import { toCsv } from "../../app/sample/to-csv.ts";
import { Problem } from "../../core/problem.ts";
import { findType, loadCatalogue } from "../../main/catalogue.ts";
import { createOutput } from "../terminal/output.ts";
import { integer } from "../terminal/options.ts";

/** Fixed, so that the same seed gives the same bytes on any day. */
const DEFAULT_TODAY = "2026-06-30";

export function sampleCommand(): Command {
  return new Command("sample")
    .description("Write synthetic records of a certificate type as CSV\n生成样例数据（纯属虚构）")
    .option("--list", "list the certificate types instead")
    .option("--type <code>", "certificate type: its code or its name")
    .option("--count <n>", "how many records", integer, 10)
    .option("--seed <text>", "the same seed gives the same bytes", "1")
    .option("--agency <code>", "the issuing agency: one of the demonstration agencies")
    .option("--today <day>", "certificates begin in the year up to this day", DEFAULT_TODAY)
    .option("--out <file>", "the CSV file to write")
    .option("--catalogue <folder>", "certificate types (default: the project's catalogue/)")
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText(
      "after",
      "\nExample:\n  ./lz sample --type 11100000000013338W011 --count 1000 --seed 7 --out records.csv\nNext: ./lz issue --input records.csv",
    )
    .action(sample);
}

interface SampleOptions {
  readonly list?: true;
  readonly type?: string;
  readonly count: number;
  readonly seed: string;
  readonly agency?: string;
  readonly today: string;
  readonly out?: string;
  readonly catalogue?: string;
  readonly json?: true;
}

async function sample(options: SampleOptions): Promise<void> {
  if (options.list === true) return listTypes(options);
  const { type: wanted, out, count, seed, today } = options;
  if (wanted === undefined || out === undefined) {
    throw new Problem("USAGE", "--type and --out expected; --list shows the types");
  }
  const output = createOutput(options.json === true);
  const type = findType(await loadCatalogue(options.catalogue), wanted);
  const agency = demoAgency(options.agency);
  const records = generateRecords(type, { count, seed, today, ...(agency && { agency }) });
  await write(out, toCsv(Object.keys(type.schema.properties), records));
  output.say(
    `已写入 ${String(count)} 条样例记录 Wrote ${String(count)} synthetic records to ${out}.`,
  );
  output.say(`下一步 Next: ./lz issue --type ${type.code} --input ${out} --agency …`);
  output.result({ type: type.code, count, seed, file: out });
}

function demoAgency(code: string | undefined): (typeof DEMO_AGENCIES)[number] | undefined {
  const found = DEMO_AGENCIES.find((agency) => agency.code === code);
  if (code === undefined || found !== undefined) return found;
  const codes = DEMO_AGENCIES.map((agency) => agency.code).join(", ");
  throw new Problem("AGENCY_UNKNOWN", `${code}; demonstration agencies are ${codes}`);
}

async function write(file: string, chunks: Iterable<string>): Promise<void> {
  await writeFile(file, chunks).catch((error: unknown) => {
    throw new Problem("DISK_FAILED", file, error);
  });
}

async function listTypes({ catalogue, json }: SampleOptions): Promise<void> {
  const output = createOutput(json === true);
  const types = await loadCatalogue(catalogue);
  output.table(
    ["code", "version", "name", "English name", "provenance"],
    types.map(({ code, version, names, provenance }) => {
      return [code, String(version), names.zh, names.en, provenance.kind];
    }),
  );
  output.result(types.map(({ code, version, names }) => ({ code, version, names })));
}
