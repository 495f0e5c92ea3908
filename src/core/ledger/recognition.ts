/** Which region accepts which certificates: the rules, and which of them decides (protocol, 12). */
import type { Positioned, RecognitionEvent, RuleEffect } from "./events.ts";
import type { LedgerState, RuleRecord } from "./state.ts";
import { isInWindow } from "./state.ts";
import { isRegionWithin, regionLevel } from "../identifiers/region.ts";

export function applyRecognitionEvent(
  state: LedgerState,
  event: Positioned<RecognitionEvent>,
): void {
  state.sequences.RecognitionPolicy = event.sequence;
  const recordedAt = event.position.time;
  if (event.kind === "GroupDefined") {
    state.groups.set(event.group, event.regions);
  } else if (event.kind === "RuleAdded") {
    const { ruleId, rule } = event;
    state.rules.set(ruleId, { id: ruleId, rule, recordedAt, endedAt: null });
  } else {
    const record = state.rules.get(event.ruleId);
    if (record !== undefined) record.endedAt = recordedAt;
  }
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

export function decideRecognition(
  state: LedgerState,
  question: RecognitionQuestion,
): RecognitionDecision {
  const applying = [...state.rules.values()].filter((record) => applies(state, record, question));
  const inForce = applying.filter((record) => isInForce(record, question.at));
  const nationalDeny = inForce.find(
    ({ rule }) => rule.recognising === "0" && rule.effect === "deny",
  );
  if (nationalDeny !== undefined) return { by: "rule", record: nationalDeny };
  if (isOwn(question)) return { by: "own" };
  const [best] = inForce.sort((a, b) => compareRank(rankOf(state, a), rankOf(state, b)));
  if (best !== undefined) return { by: "rule", record: best };
  const expired = applying.find((record) => hasRunOut(record, question.at)) ?? null;
  return { by: "nothing", expired };
}

function applies(state: LedgerState, { rule }: RuleRecord, question: RecognitionQuestion): boolean {
  return (
    isRegionWithin(question.recognising, rule.recognising) &&
    recognisedRegions(state, rule).some((region) => isRegionWithin(question.recognised, region)) &&
    (rule.type === null || rule.type === question.type) &&
    (rule.serviceItems.length === 0 || rule.serviceItems.includes(question.serviceItem ?? ""))
  );
}

function recognisedRegions(state: LedgerState, rule: RuleRecord["rule"]): readonly string[] {
  return rule.group === null ? [rule.recognised] : (state.groups.get(rule.group) ?? []);
}

function isInForce({ rule, endedAt }: RuleRecord, at: number): boolean {
  return isInWindow(rule, at) && !hasEnded(endedAt, at);
}

function hasRunOut({ rule }: RuleRecord, at: number): boolean {
  const isRecognising = rule.effect === "accept" || rule.effect === "conditional";
  return isRecognising && hasEnded(rule.validUntil, at);
}

function hasEnded(end: number | null, at: number): boolean {
  return end !== null && at >= end;
}

/** A region and those above and below it: what a province's office issues holds in its cities too. */
function isOwn({ recognising, recognised }: RecognitionQuestion): boolean {
  return isRegionWithin(recognised, recognising) || isRegionWithin(recognising, recognised);
}

const EFFECT_ORDER: readonly RuleEffect[] = ["accept", "conditional", "suspend", "deny"];

/**
 * The more specific, the greater: the counter's region, the issuer's (a group ranks with the widest
 * region it names), a named type, named service items; among equals the stricter effect.
 */
function rankOf(state: LedgerState, { rule, id }: RuleRecord): number[] {
  const levels = recognisedRegions(state, rule).map(regionLevel);
  return [
    regionLevel(rule.recognising),
    Math.min(...levels),
    rule.type === null ? 0 : 1,
    rule.serviceItems.length === 0 ? 0 : 1,
    EFFECT_ORDER.indexOf(rule.effect),
    id,
  ];
}

function compareRank(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((rank, i) => rank !== b[i]);
  return (b[at] as number) - (a[at] as number);
}
