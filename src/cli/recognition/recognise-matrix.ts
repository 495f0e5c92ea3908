/** Who accepts a certificate type from whom, for all pairs of regions: as a table, and as a picture. */
import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import {
  MATRIX_WORDS,
  provincesOf,
  recognitionMatrix,
  regionsConcerned,
} from "../../app/recognition-matrix.ts";
import type { MatrixCell, MatrixEffect, RecognitionMatrix } from "../../app/recognition-matrix.ts";
import { drawMatrix } from "../../app/recognition-picture.ts";
import { loadSettings } from "../../config.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import type { LedgerState } from "../../core/ledger/state.ts";
import { Problem } from "../../core/problem.ts";
import { openChain, readLedger } from "../../main/chain/chain.ts";
import { writeDurably } from "../../main/files.ts";
import { systemClock } from "../../main/system.ts";
import { createOutput } from "../terminal/output.ts";
import type { Output } from "../terminal/output.ts";
import type { ChainOptions } from "../terminal/options.ts";
import { regions, withChain } from "../terminal/options.ts";
import { withMoment } from "./recognise-explain.ts";
import type { MomentOptions } from "./recognise-explain.ts";
import { latestVersion, requireKnownType, typeText } from "./type-name.ts";
import { both, regionText } from "../terminal/wording.ts";

const ALL = "all";

export function addMatrixCommand(group: Command): void {
  withMoment(withChain(group.command("matrix")))
    .description("Show who accepts a type from whom: regions × regions\n互认矩阵")
    .requiredOption("--type <code>", "the certificate type")
    .option("--item <text>", "the service item it is wanted for")
    .option(
      "--regions <codes>",
      "these, separated by commas; or 'all': every region with an agency or a rule " +
        "(default: the provinces that those lie in)",
      regionsOrAll,
    )
    .option("--svg <file>", "also draw it as a picture, for a slide")
    .addHelpText("after", NOTES)
    .action(showMatrix);
}

const NOTES = `
A row is a counter's region, a column an issuer's; each cell is what the judge would say there.

Examples:
  ./lz recognise matrix --type 11100000000013338W001
  ./lz recognise matrix --type 11100000000013338W001 --regions 310000,330000,460000 --svg matrix.svg
Next: ./lz recognise explain, for one of the cells`;

interface MatrixOptions extends ChainOptions, MomentOptions {
  readonly type: string;
  readonly item?: string;
  readonly regions?: readonly string[] | typeof ALL;
  readonly svg?: string;
}

function regionsOrAll(text: string): readonly string[] | typeof ALL {
  if (text === ALL) return ALL;
  const codes = regions(text);
  if (codes.includes("0"))
    throw new InvalidArgumentError("regions expected, not the whole country.");
  return codes;
}

async function showMatrix(options: MatrixOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const chain = await openChain(loadSettings(), options);
  try {
    const { state } = await readLedger(chain);
    requireKnownType(state, options.type);
    const matrix = recognitionMatrix(state, questionOf(state, options));
    sayMatrix(output, state, matrix);
    sayHidden(output, state, matrix);
    if (options.svg !== undefined) await draw(output, state, matrix, options.svg);
    output.result({ ...matrix, ...(options.svg !== undefined && { svg: options.svg }) });
  } finally {
    chain.close();
  }
}

function questionOf(state: LedgerState, options: MatrixOptions): Omit<RecognitionMatrix, "rows"> {
  const { type, item, asKnownAt } = options;
  return {
    ...{ regions: regionsOf(state, options), type, at: options.at ?? systemClock.now() },
    ...(item !== undefined && { serviceItem: item }),
    ...(asKnownAt !== undefined && { asKnownAt }),
  };
}

function regionsOf(
  state: LedgerState,
  { type, regions: wanted }: MatrixOptions,
): readonly string[] {
  const concerned = regionsConcerned(state, type);
  const shown = wanted === ALL ? concerned : (wanted ?? provincesOf(concerned));
  if (shown.length > 0) return shown;
  throw new Problem("USAGE", "no region has an agency or a rule yet: name some with --regions");
}

/** The signs of the picture, as far as a terminal has them. */
const SIGNS: Readonly<Record<MatrixEffect, string>> = {
  own: "●",
  accept: "✓",
  conditional: "✓*",
  suspend: "‖",
  deny: "✗",
  expired: "◷",
  none: "–",
};

function sayMatrix(output: Output, state: LedgerState, matrix: RecognitionMatrix): void {
  for (const line of linesOf(state, matrix)) output.say(line);
  output.say("行为窗口所在地，列为发证地 Rows: the counter's region; columns: the issuer's.\n");
  output.table(
    ["", ...matrix.regions],
    matrix.rows.map((cells, i) => {
      return [
        `${String(matrix.regions[i])} ${regionText(String(matrix.regions[i]))}`,
        ...cells.map(cellText),
      ];
    }),
  );
  output.say(`\n${legend()}`);
}

function cellText({ effect, ruleId }: MatrixCell): string {
  const rule = ruleId === null ? "" : ` ${String(ruleId)}`;
  return `${SIGNS[effect]} ${MATRIX_WORDS[effect].en}${rule}`;
}

function legend(): string {
  const entries = Object.entries(MATRIX_WORDS).map(([effect, words]) => {
    return `${SIGNS[effect as MatrixEffect]} ${both(words)}`;
  });
  return `图例 Legend: ${entries.join("，")}；数字为规则编号 a number is the rule's`;
}

/** What the picture is of, besides its title. */
function linesOf(state: LedgerState, matrix: RecognitionMatrix): string[] {
  const { type, serviceItem, at, asKnownAt } = matrix;
  const item = serviceItem === undefined ? "" : `，事项 for ${serviceItem}`;
  const known =
    asKnownAt === undefined ? "" : `，按当时已知 as known at ${formatInstant(asKnownAt)}`;
  return [typeText(state, type), `时点 at ${formatInstant(at)}${known}${item}`];
}

/** A province's row says nothing of a city that has rules of its own. */
function sayHidden(
  output: Output,
  state: LedgerState,
  { regions: shown, type }: RecognitionMatrix,
): void {
  const hidden = regionsConcerned(state, type).filter((each) => !shown.includes(each));
  if (hidden.length === 0) return;
  const count = String(hidden.length);
  output.say(
    `另有 ${count} 个有机关或规则的地区未列出 ${count} more regions have agencies or rules: --regions all`,
  );
}

async function draw(
  output: Output,
  state: LedgerState,
  matrix: RecognitionMatrix,
  file: string,
): Promise<void> {
  const version = latestVersion(state, matrix.type);
  const axes =
    "行：窗口所在地（认可方） rows: the counter's region · 列：发证地 columns: the issuer's";
  const lines = [
    `Mutual recognition of certificates: ${version?.nameEn ?? matrix.type}`,
    ...linesOf(state, matrix).slice(1),
    axes,
  ];
  const title = `证照互认矩阵：${version?.name ?? matrix.type}`;
  await writeDurably(file, drawMatrix(matrix, { title, lines }));
  output.say(`图片 Picture: ${file}`);
}
