import { Command } from "commander";
import { checkMapping, fits } from "../../app/mapping/check-mapping.ts";
import type { MappingCheck } from "../../app/mapping/check-mapping.ts";
import type { MatchKind } from "../../app/mapping/match-columns.ts";
import { suggestMapping } from "../../app/mapping/suggest-mapping.ts";
import type { Suggestion } from "../../app/mapping/suggest-mapping.ts";
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import type { ClaimSource } from "../../core/catalogue/mapping.ts";
import { isConstant } from "../../core/catalogue/mapping.ts";
import { Problem } from "../../core/problem.ts";
import type { RecordSource } from "../../ports/record-source.ts";
import { findType, loadCatalogue } from "../../main/catalogue.ts";
import { createFile } from "../../main/files.ts";
import { openIssuingWorkers } from "../../main/issuing/issuing-workers.ts";
import { openRecords, readMapping } from "../../main/issuing/sources.ts";
import { systemClock, todayInBeijing } from "../../main/system.ts";
import { faultsJson, showFaults } from "./fault-words.ts";
import { createOutput, printProblem, problemJson } from "../terminal/output.ts";
import type { Output } from "../terminal/output.ts";
import { createProgress } from "../terminal/progress.ts";
import type { SourceFlags } from "./source-options.ts";
import { SOURCE_NOTES, sourceOrder, withSource } from "./source-options.ts";

export function mapCommand(): Command {
  const command = new Command("map").description(
    "Say which column of an agency's table gives which claim\n列映射",
  );
  withSource(command.command("suggest").argument("<source>", "a file, - or postgres://…"))
    .description("Propose a mapping from the header and the values\n建议映射")
    .requiredOption("--type <code>", "certificate type: its code or its name")
    .option("--out <file>", "the mapping file to write")
    .option("--catalogue <folder>", "certificate types (default: the project's catalogue/)")
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", SUGGEST_NOTES)
    .action(suggest);
  withSource(command.command("check").argument("<source>", "a file, - or postgres://…"))
    .description("Say what of a table does not fit its mapping or its type\n检查映射")
    .requiredOption("--type <code>", "certificate type: its code or its name")
    .option("--mapping <file>", "the mapping (default: columns are named as the claims are)")
    .option("--catalogue <folder>", "certificate types (default: the project's catalogue/)")
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", CHECK_NOTES)
    .action(check);
  return command;
}

const SUGGEST_NOTES = `${SOURCE_NOTES}

What is proposed is to be looked through by someone who knows the table: 'near' says that a column is only
called nearly like its claim. Nothing leaves the machine.

Example:
  ./lz map suggest export.xlsx --type 11100000000013338W011 --out mapping.json
Next: ./lz map check export.xlsx --mapping mapping.json --type …`;

const CHECK_NOTES = `${SOURCE_NOTES}

Every record is looked at, as ./lz issue would; nothing is issued.

Example:
  ./lz map check export.xlsx --mapping mapping.json --type 11100000000013338W011
Next: ./lz issue --mapping mapping.json --input export.xlsx --dry-run …`;

interface MapOptions extends SourceFlags {
  readonly type: string;
  readonly catalogue?: string;
  readonly json?: true;
}

/** What a mapping is asked about, with the table open. */
async function withTable(
  place: string,
  options: MapOptions,
  work: (type: CertificateType, source: RecordSource) => Promise<void>,
): Promise<void> {
  const type = findType(await loadCatalogue(options.catalogue), options.type);
  const source = await openRecords(sourceOrder(place, options));
  try {
    await work(type, source);
  } finally {
    await source.close();
  }
}

interface SuggestOptions extends MapOptions {
  readonly out?: string;
}

async function suggest(place: string, options: SuggestOptions): Promise<void> {
  const output = createOutput(options.json === true);
  await withTable(place, options, async (type, source) => {
    const suggestion = await suggestMapping(type, source);
    const text = `${JSON.stringify(suggestion.mapping, null, 2)}\n`;
    if (options.out !== undefined) await createFile(options.out, text);
    showSuggestion(output, type, suggestion, options.out);
  });
}

function showSuggestion(
  output: Output,
  type: CertificateType,
  { mapping, matches, withoutColumn }: Suggestion,
  out: string | undefined,
): void {
  const name = (claim: string): string => {
    return `${claim} ${type.claims.find((each) => each.name === claim)?.zh ?? ""}`.trim();
  };
  output.table(
    ["column 列", "claim 照面信息", "how 依据", "steps 转换"],
    matches.map(({ claim, column, kind }) => {
      return [column, name(claim), HOW[kind], stepText(mapping.claims[claim])];
    }),
  );
  if (mapping.ignore.length > 0) output.say(`不用的列 Not used: ${mapping.ignore.join(", ")}`);
  if (withoutColumn.length > 0) {
    output.say(`缺少来源，请填写列名或常量 No column; give each a column or a constant:`);
    output.say(`  ${withoutColumn.map(name).join(", ")}`);
  }
  if (out !== undefined) output.say(`已写入 Wrote ${out}. 下一步 Next: ./lz map check`);
  output.result({ mapping, matches, withoutColumn, file: out ?? null });
}

const HOW: Readonly<Record<MatchKind, string>> = { name: "同名 name", near: "近似 near" };

function stepText(source: ClaimSource | undefined): string {
  if (source === undefined || isConstant(source)) return "";
  const { split, trim, codes, date } = source;
  const steps = [
    ...(split === undefined ? [] : [`split ${split}`]),
    ...(trim === true ? ["trim"] : []),
    ...(codes === undefined ? [] : [`codes ${String(Object.keys(codes).length)}`]),
    ...(date === undefined ? [] : [`date ${date}`]),
  ];
  return steps.join(", ");
}

interface CheckOptions extends MapOptions {
  readonly mapping?: string;
}

async function check(place: string, options: CheckOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const progress = createProgress(output.isJson);
  await withTable(place, options, async (type, source) => {
    const { mapping: file } = options;
    const mapping = file === undefined ? null : await readMapping(file, type);
    const order = { type, mapping, today: todayInBeijing(systemClock) };
    const tools = { source, openWorkers: openIssuingWorkers, progress: progress.show };
    const result = await checkMapping(order, tools);
    progress.end();
    showCheck(output, source.name, result);
  });
}

function showCheck(output: Output, name: string, result: MappingCheck): void {
  const { records, valid, columns, faults } = result;
  const { doubled, unknown, missing } = columns;
  output.say(`记录 Records: ${String(records)}    合格 Valid: ${String(valid)}`);
  showColumns(output, "重复的列 Columns that are there twice", doubled);
  showColumns(output, "未说明的列 Columns that the mapping doesn't name", unknown);
  showColumns(output, "缺少的列或照面信息 Columns or claims that are missing", missing);
  showFaults(output, faults);
  const problem = fits(result) ? null : new Problem("MAPPING_MISFIT", name);
  const said = { records, valid, columns, faults: faultsJson(faults) };
  output.result({ ...said, ...(problem && { problem: problemJson(problem) }) });
  if (problem === null) {
    output.say(`相符 It fits. 下一步 Next: ./lz issue --dry-run`);
    return;
  }
  if (!output.isJson) printProblem(problem, false);
  process.exitCode = problem.words.exit;
}

function showColumns(output: Output, what: string, names: readonly string[]): void {
  if (names.length > 0) output.say(`${what}: ${names.join(", ")}`);
}
