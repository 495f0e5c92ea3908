/** Which region accepts a certificate type from which (互认矩阵): the judge's own answer for every pair. */
import { NATIONAL, regionLevel } from "../core/identifiers/region.ts";
import type { RuleEffect } from "../core/ledger/events.ts";
import { decideRecognition } from "../core/ledger/recognition.ts";
import type { RecognitionDecision } from "../core/ledger/recognition.ts";
import type { LedgerState, RuleRecord } from "../core/ledger/state.ts";
import type { Words } from "../core/words.ts";

/** What a counter would be told: a rule's effect, `own` without any rule, or why there is no rule. */
export type MatrixEffect = "own" | RuleEffect | "expired" | "none";

export const MATRIX_WORDS: Readonly<Record<MatrixEffect, Words>> = {
  own: { zh: "本地", en: "own" },
  accept: { zh: "认可", en: "accept" },
  conditional: { zh: "有条件认可", en: "conditional" },
  suspend: { zh: "暂停认可", en: "suspend" },
  deny: { zh: "不予认可", en: "deny" },
  expired: { zh: "已到期", en: "expired" },
  none: { zh: "无规则", en: "no rule" },
};

export interface MatrixQuestion {
  /** Region codes, in the order of rows and columns. */
  readonly regions: readonly string[];
  readonly type: string;
  readonly serviceItem?: string;
  /** Seconds since 1970. */
  readonly at: number;
  /** Only what was recorded up to then counts; everything by default. */
  readonly asKnownAt?: number;
}

export interface MatrixCell {
  /** The counter's region. */
  readonly recognising: string;
  /** The issuer's region. */
  readonly recognised: string;
  readonly effect: MatrixEffect;
  /** The rule that decides, or that once did; null where there is none. */
  readonly ruleId: number | null;
  /** Of the rule: each generation numbers its own from 1. */
  readonly generation: number | null;
}

export interface RecognitionMatrix extends MatrixQuestion {
  /** A row for each counter's region, a cell in it for each issuer's. */
  readonly rows: readonly (readonly MatrixCell[])[];
}

export function recognitionMatrix(state: LedgerState, question: MatrixQuestion): RecognitionMatrix {
  const rows = question.regions.map((recognising) => {
    return question.regions.map((recognised) => cellOf(state, question, recognising, recognised));
  });
  return { ...question, rows };
}

function cellOf(
  state: LedgerState,
  { type, serviceItem, at, asKnownAt }: MatrixQuestion,
  recognising: string,
  recognised: string,
): MatrixCell {
  const item = serviceItem === undefined ? {} : { serviceItem };
  const asked = { recognising, recognised, type, at, ...item };
  const decision = decideRecognition(state, asked, asKnownAt);
  return { recognising, recognised, ...effectOf(decision) };
}

function effectOf(
  decision: RecognitionDecision,
): Pick<MatrixCell, "effect" | "ruleId" | "generation"> {
  if (decision.by === "own") return { effect: "own", ruleId: null, generation: null };
  if (decision.by === "rule") {
    const { rule, id, generation } = decision.record;
    return { effect: rule.effect, ruleId: id, generation };
  }
  const { expired } = decision;
  return expired === null
    ? { effect: "none", ruleId: null, generation: null }
    : { effect: "expired", ruleId: expired.id, generation: expired.generation };
}

/** The regions that have an agency, or that a rule for the type names, by code; never the whole country. */
export function regionsConcerned(state: LedgerState, type: string): string[] {
  const rules = [...state.rules.values()].filter(({ rule }) => {
    return rule.type === null || rule.type === type;
  });
  const named = rules.flatMap((record) => regionsNamed(state, record));
  const seats = [...state.agencies.values()].map(({ region }) => region);
  const regions = new Set([...seats, ...named]);
  regions.delete(NATIONAL);
  return [...regions].sort();
}

/** A group as it is defined now: the picture is to show its members also for a day before they joined. */
function regionsNamed({ groups }: LedgerState, { rule }: RuleRecord): readonly string[] {
  const { recognising, recognised, group } = rule;
  if (group === null) return [recognising, recognised];
  return [recognising, ...(groups.get(group)?.at(-1)?.regions ?? [])];
}

/** The provinces that regions lie in, by code. */
export function provincesOf(regions: readonly string[]): string[] {
  const provinces = regions.filter((region) => regionLevel(region) > 0).map(provinceOf);
  return [...new Set(provinces)].sort();
}

function provinceOf(region: string): string {
  return `${region.slice(0, 2)}0000`;
}
