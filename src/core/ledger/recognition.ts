/** Which region accepts which certificates: the rules, and which of them decides (protocol, 12). */
import type { Positioned, RecognitionEvent, RecognitionRule, RuleEffect } from "./events.ts";
import type { LedgerState, RuleRecord } from "./state.ts";
import { ruleKey } from "./state.ts";
import { NATIONAL, ancestryOf, regionLevel } from "../identifiers/region.ts";

export function applyRecognitionEvent(
  state: LedgerState,
  event: Positioned<RecognitionEvent>,
): void {
  state.sequences.RecognitionPolicy = event.sequence;
  const recordedAt = event.position.time;
  if (event.kind === "GroupDefined") {
    const definitions = state.groups.get(event.group) ?? [];
    definitions.push({ regions: event.regions, recordedAt });
    state.groups.set(event.group, definitions);
  } else if (event.kind === "RuleAdded") {
    addRule(state, event.ruleId, event.rule, recordedAt);
  } else {
    const record = findRule(state, event.ruleId);
    if (record !== undefined) record.endedAt ??= recordedAt;
  }
}

function addRule(state: LedgerState, id: number, rule: RecognitionRule, recordedAt: number): void {
  const generation = state.freezes.length;
  const began = state.freezes.at(-1)?.recordedAt ?? rule.validFrom;
  const inForceFrom = Math.max(rule.validFrom, began);
  const record = { id, generation, rule, inForceFrom, recordedAt, endedAt: null };
  state.rules.set(ruleKey(generation, id), record);
  const others = state.rulesOf.get(rule.recognising) ?? [];
  others.push(record);
  state.rulesOf.set(rule.recognising, others);
}

/** The rule of that number in the ledger's present generation. */
export function findRule(state: LedgerState, id: number): RuleRecord | undefined {
  return state.rules.get(ruleKey(state.freezes.length, id));
}

/** The question of a counter in `recognising` about what an agency in `recognised` issued. */
export interface RecognitionQuestion {
  readonly recognising: string;
  readonly recognised: string;
  readonly type: string;
  readonly serviceItem?: string;
  /** Seconds since 1970. */
  readonly at: number;
}

/** `own`: a region recognises what its own agencies issue. `expired`: a rule that recognised it once. */
export type RecognitionDecision =
  | { readonly by: "rule"; readonly record: RuleRecord }
  | { readonly by: "own" }
  | { readonly by: "nothing"; readonly expired: RuleRecord | null };

/** Why a rule did not decide; `outranked` says that another one, or the region itself, came before it. */
export type RuleOutcome =
  | "decides"
  | "outranked"
  | "otherRecognisingRegion"
  | "otherIssuerRegion"
  | "otherType"
  | "otherServiceItem"
  | "notYetInForce"
  | "runOut"
  | "ended"
  | "notYetRecorded";

/** The points on which rules are compared, in this order. */
const RANK_POINTS = [
  ...(["nationalDeny", "recognisingRegion", "issuerRegion"] as const),
  ...(["type", "serviceItem", "effect"] as const),
];

/** On which point a rule is outranked: by the region's `own`, or among equals by a `later` one. */
export type RankPoint = (typeof RANK_POINTS)[number] | "own" | "later";

export interface ConsideredRule {
  readonly record: RuleRecord;
  readonly outcome: RuleOutcome;
  /** Null unless it is outranked. */
  readonly lostOn: RankPoint | null;
}

export interface RecognitionExplanation {
  readonly decision: RecognitionDecision;
  /** Every rule there ever was, in the order of the chain. */
  readonly considered: readonly ConsideredRule[];
}

/** @param asKnownAt only what was recorded up to then counts */
export function decideRecognition(
  state: LedgerState,
  question: RecognitionQuestion,
  asKnownAt = Infinity,
): RecognitionDecision {
  const asked = openQuestion(state, question, asKnownAt);
  let best: RuleRecord | null = null;
  let expired: RuleRecord | null = null;
  for (const record of candidates(asked)) {
    const standing = standingOf(asked, record);
    if (standing === "inForce" && !(best !== null && outranks(asked, best, record))) best = record;
    if (standing === "runOut" && isRecognising(record)) expired = record;
  }
  if (best !== null && isNationalDeny(best)) return { by: "rule", record: best };
  if (isOwn(asked)) return { by: "own" };
  return best === null ? { by: "nothing", expired } : { by: "rule", record: best };
}

/** The rules of the counter's regions, the widest first, each region's in the order of the chain. */
function candidates({ state, counterRegions }: Asked): RuleRecord[] {
  return counterRegions.toReversed().flatMap((region) => state.rulesOf.get(region) ?? []);
}

/** The decision, and how each rule stood to it. */
export function explainRecognition(
  state: LedgerState,
  question: RecognitionQuestion,
  asKnownAt = Infinity,
): RecognitionExplanation {
  const asked = openQuestion(state, question, asKnownAt);
  const decision = decideRecognition(state, question, asKnownAt);
  const decisive = decision.by === "rule" ? decision.record : null;
  const considered = [...state.rules.values()].map((record): ConsideredRule => {
    const standing = standingOf(asked, record);
    if (standing !== "inForce") return { record, outcome: standing, lostOn: null };
    if (record === decisive) return { record, outcome: "decides", lostOn: null };
    return { record, outcome: "outranked", lostOn: pointLost(asked, record, decisive) };
  });
  return { decision, considered };
}

/** @param decisive null where the region needs no rule */
function pointLost(asked: Asked, record: RuleRecord, decisive: RuleRecord | null): RankPoint {
  if (decisive === null) return "own";
  const at = differingPoint(rankOf(asked, record), rankOf(asked, decisive));
  return RANK_POINTS[at] ?? "later";
}

/** A question with what every rule is compared with: both regions with all above them. */
interface Asked extends RecognitionQuestion {
  readonly state: LedgerState;
  readonly asKnownAt: number;
  readonly counterRegions: readonly string[];
  readonly issuerRegions: readonly string[];
}

function openQuestion(state: LedgerState, question: RecognitionQuestion, asKnownAt: number): Asked {
  const counterRegions = ancestryOf(question.recognising);
  const issuerRegions = ancestryOf(question.recognised);
  return { ...question, state, asKnownAt, counterRegions, issuerRegions };
}

type Standing = Exclude<RuleOutcome, "decides" | "outranked"> | "inForce";

function standingOf(asked: Asked, record: RuleRecord): Standing {
  const { rule, recordedAt } = record;
  const { serviceItem } = asked;
  if (recordedAt > asked.asKnownAt) return "notYetRecorded";
  if (!asked.counterRegions.includes(rule.recognising)) return "otherRecognisingRegion";
  if (!recognisesIssuer(asked, rule)) return "otherIssuerRegion";
  if (rule.type !== null && rule.type !== asked.type) return "otherType";
  const isForItem = serviceItem !== undefined && rule.serviceItems.includes(serviceItem);
  if (rule.serviceItems.length > 0 && !isForItem) return "otherServiceItem";
  return standingInTime(asked, record);
}

function recognisesIssuer(asked: Asked, rule: RecognitionRule): boolean {
  if (rule.group === null) return asked.issuerRegions.includes(rule.recognised);
  return groupRegions(asked, rule.group).some((region) => asked.issuerRegions.includes(region));
}

/** The group as it was defined at the time asked about, as far as was known. */
function groupRegions({ state, at, asKnownAt }: Asked, group: string): readonly string[] {
  const moment = Math.min(at, asKnownAt);
  const definitions = state.groups.get(group);
  return definitions?.findLast(({ recordedAt }) => recordedAt <= moment)?.regions ?? [];
}

function standingInTime(asked: Asked, { rule, inForceFrom, endedAt }: RuleRecord): Standing {
  const { at, asKnownAt } = asked;
  if (at < inForceFrom) return "notYetInForce";
  if (rule.validUntil !== null && at >= rule.validUntil) return "runOut";
  const isEnded = endedAt !== null && endedAt <= asKnownAt && at >= endedAt;
  return isEnded ? "ended" : "inForce";
}

function isRecognising({ rule }: RuleRecord): boolean {
  return rule.effect === "accept" || rule.effect === "conditional";
}

function isNationalDeny({ rule }: RuleRecord): boolean {
  return rule.recognising === NATIONAL && rule.effect === "deny";
}

/** A region and those above and below it: what a province's office issues holds in its cities too. */
function isOwn({ recognising, recognised, counterRegions, issuerRegions }: Asked): boolean {
  return issuerRegions.includes(recognising) || counterRegions.includes(recognised);
}

/** Whether a rule comes before one that was recorded after it: of two equal ones the later decides. */
function outranks(asked: Asked, earlier: RuleRecord, later: RuleRecord): boolean {
  const [a, b] = [rankOf(asked, earlier), rankOf(asked, later)];
  const at = differingPoint(a, b);
  return at >= 0 && (a[at] as number) > (b[at] as number);
}

/** The first of the points on which two ranks differ, -1 where they are equal. */
function differingPoint(a: readonly number[], b: readonly number[]): number {
  return a.findIndex((rank, i) => rank !== b[i]);
}

const EFFECT_ORDER: readonly RuleEffect[] = ["accept", "conditional", "suspend", "deny"];

/**
 * By RANK_POINTS; the greater, the earlier: a national deny, then the more specific: the counter's region,
 * the issuer's (a group ranks with the widest region it names), a named type, named service items; then
 * the stricter effect.
 */
function rankOf(asked: Asked, record: RuleRecord): number[] {
  const { rule } = record;
  const regions = rule.group === null ? [rule.recognised] : groupRegions(asked, rule.group);
  return [
    isNationalDeny(record) ? 1 : 0,
    regionLevel(rule.recognising),
    Math.min(...regions.map(regionLevel)),
    rule.type === null ? 0 : 1,
    rule.serviceItems.length === 0 ? 0 : 1,
    EFFECT_ORDER.indexOf(rule.effect),
  ];
}
