/** What a cell of the recognition matrix says, in sentences. */
import { ruleWords } from "../../../app/rule-words.ts";
import { regionWords } from "../../../app/answer.ts";
import type { Words } from "../../../core/words.ts";
import { shownText } from "../../parts/shown-text.ts";
import { formatDay, formatList } from "../../words/format.ts";
import { inLanguage, wordsOf } from "../../words/words.ts";
import type { Effect, RecognitionMatrix, RecordedRule } from "./public-ledger.ts";
import { OVERVIEW } from "./words.ts";

const t = wordsOf(OVERVIEW);

export const EFFECT_KEYS = {
  own: "effectOwn",
  accept: "effectAccept",
  conditional: "effectConditional",
  suspend: "effectSuspend",
  deny: "effectDeny",
  expired: "effectExpired",
  none: "effectNone",
} as const satisfies Record<Effect, keyof typeof OVERVIEW>;

export interface ChosenCell {
  readonly counter: string;
  readonly issuer: string;
  readonly effect: Effect;
  readonly rule: RecordedRule | null;
}

/** The cell in that row and column, from 0; null where there is none. */
export function cellAt(matrix: RecognitionMatrix, row: number, column: number): ChosenCell | null {
  const [counter, issuer] = [matrix.regions[row], matrix.regions[column]];
  const cell = matrix.rows[row]?.[column];
  if (counter === undefined || issuer === undefined || cell === undefined) return null;
  const rule = cell.rule === null ? null : (matrix.rules[cell.rule] ?? null);
  return { counter, issuer, effect: cell.effect, rule };
}

export function regionText(region: string): string {
  return inLanguage(regionWords(region));
}

export function cellTitle({ counter, issuer, effect }: ChosenCell): string {
  const names = { counter: regionText(counter), issuer: regionText(issuer) };
  return t("cellSaid", { ...names, effect: t(EFFECT_KEYS[effect]) });
}

/** One sentence for each thing that there is to say. @param type the type's name */
export function explainCell(
  { counter, issuer, effect, rule }: ChosenCell,
  type: Words,
): readonly string[] {
  if (effect === "own") return [t("explainOwn")];
  if (rule === null) {
    const names = { counter: regionText(counter), issuer: regionText(issuer) };
    return [t("explainNone", { ...names, type: inLanguage(type) })];
  }
  return [...(effect === "expired" ? [t("explainExpired")] : []), ...explainRule(rule, type)];
}

function explainRule({ rule, ruleId }: RecordedRule, type: Words): string[] {
  const { condition, basis, serviceItems, leastAssurance, validFrom, validUntil } = rule;
  const from = formatDay(validFrom);
  const window =
    validUntil === null
      ? t("ruleFrom", { from })
      : t("ruleBetween", { from, until: formatDay(validUntil) });
  return [
    t("ruleSays", { number: ruleId, says: shownText(inLanguage(namedRule(rule, type))) }),
    window,
    ...(condition === "" ? [] : [t("ruleCondition", { condition: shownText(condition) })]),
    ...(serviceItems.length === 0
      ? []
      : [t("ruleItems", { items: formatList(serviceItems.map(shownText)) })]),
    ...(leastAssurance === 0 ? [] : [t("ruleAssurance", { level: leastAssurance })]),
    ...(basis === "" ? [] : [t("ruleBasis", { basis: shownText(basis) })]),
  ];
}

/** With the type's name for its code. */
function namedRule(rule: RecordedRule["rule"], type: Words): Words {
  if (rule.type === null) return ruleWords(rule);
  const { zh } = ruleWords({ ...rule, type: type.zh });
  return { zh, en: ruleWords({ ...rule, type: type.en }).en };
}

/** The same between those regions alone that some rule makes accept another's certificates or refuse them. */
export function withRulesAlone(matrix: RecognitionMatrix): RecognitionMatrix {
  const { rows, regions } = matrix;
  const has = (row: number, column: number) => (rows[row]?.[column]?.rule ?? null) !== null;
  const isNamed = (place: number) =>
    rows.some((_, other) => has(place, other) || has(other, place));
  const kept = regions.flatMap((_, place) => (isNamed(place) ? [place] : []));
  return {
    ...matrix,
    regions: kept.flatMap((place) => regions[place] ?? []),
    rows: kept.map((row) => kept.flatMap((column) => rows[row]?.[column] ?? [])),
  };
}

/** How many pairs of different regions there are, and in how many the counter's accepts. */
export function countPairs({ rows }: RecognitionMatrix): { pairs: number; accepted: number } {
  const others = rows.flatMap((row, i) => row.filter((_, j) => j !== i));
  const accepted = others.filter(({ effect }) => {
    return effect === "own" || effect === "accept" || effect === "conditional";
  });
  return { pairs: others.length, accepted: accepted.length };
}
