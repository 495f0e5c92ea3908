/** Who changed what, when, from when on and on what basis: the timeline of one thing (沿革). */
import type { LedgerEvent } from "../core/ledger/events.ts";
import type { Words } from "../core/words.ts";
import { eventWords } from "./event-words.ts";

export type HistorySubject =
  | { readonly kind: "agency"; readonly agency: string }
  | { readonly kind: "type"; readonly type: string }
  /** Each deployment numbers its rules from 1; `generation` 0 is the oldest, without it the last that has it. */
  | { readonly kind: "rule"; readonly ruleId: number; readonly generation?: number }
  | {
      readonly kind: "certificate";
      readonly agency: string;
      readonly root: string;
      readonly index: number;
    };

/** Times in seconds since 1970. */
export interface TimelineEntry {
  readonly recordedAt: number;
  /** From when on it holds in law; what has no such time holds from when it is recorded. */
  readonly effectiveFrom: number;
  readonly block: number;
  readonly transaction: string;
  readonly what: { readonly kind: LedgerEvent["kind"]; readonly words: Words };
  readonly by: string;
  /** The document that it rests on; null where the agency's own word is all there is. */
  readonly basis: string | null;
}

/** An event with the number of the deployment that said it. */
interface Told {
  readonly event: LedgerEvent;
  readonly generation: number;
}

/**
 * @param events all of them, in the chain's order
 * @returns in that order; nothing for what the chain does not know
 */
export async function historyOf(
  events: AsyncIterable<LedgerEvent> | Iterable<LedgerEvent>,
  subject: HistorySubject,
): Promise<TimelineEntry[]> {
  const told: Told[] = [];
  let generation = 0;
  for await (const event of events) {
    if (mayConcern(event, subject)) told.push({ event, generation });
    if (event.kind === "LedgerFrozen") generation++;
  }
  return narrowed(told, subject).map(({ event }) => entryOf(event));
}

/** Seen alone; what takes more than one event to tell is left out afterwards. */
function mayConcern(event: LedgerEvent, subject: HistorySubject): boolean {
  switch (subject.kind) {
    case "agency":
      return isAboutAgency(event, subject.agency);
    case "type":
      return isAboutType(event, subject.type);
    case "rule":
      return isAboutRule(event, subject.ruleId);
    case "certificate":
      return isAboutCertificate(event, subject);
  }
}

/** What was anchored and what became of it is the certificates' history. */
function isAboutAgency(event: LedgerEvent, agency: string): boolean {
  if (event.kind === "LedgerFrozen") return true;
  if ("root" in event || !("agency" in event)) return false;
  return event.agency === agency || ("successor" in event && event.successor === agency);
}

function isAboutType(event: LedgerEvent, type: string): boolean {
  if (event.kind === "RuleAdded") return event.rule.type === type;
  if (event.kind === "RuleEnded" || event.kind === "LedgerFrozen") return true;
  return event.kind !== "BatchAnchored" && "type" in event && event.type === type;
}

function isAboutRule(event: LedgerEvent, ruleId: number): boolean {
  if (event.kind === "GroupDefined" || event.kind === "LedgerFrozen") return true;
  return "ruleId" in event && event.ruleId === ruleId;
}

type CertificateSubject = Extract<HistorySubject, { kind: "certificate" }>;

function isAboutCertificate(event: LedgerEvent, subject: CertificateSubject): boolean {
  if (!("agency" in event) || event.agency !== subject.agency) return false;
  switch (event.kind) {
    case "BatchAnchored":
    case "BatchStatusChanged":
      return event.root === subject.root;
    case "CertificateStatusChanged":
      return event.root === subject.root && event.index === subject.index;
    case "CertificatesStatusChanged":
      return event.root === subject.root && event.indices.includes(subject.index);
    case "AgencyStatusChanged":
    case "AgencySucceeded":
    case "OperatorDistrusted":
    case "OperatorDistrustLifted":
      return true;
    default:
      return false;
  }
}

function narrowed(told: readonly Told[], subject: HistorySubject): readonly Told[] {
  switch (subject.kind) {
    case "agency":
      return withoutForeignFreezes(told);
    case "type":
      return withoutForeignFreezes(withoutForeignRules(told));
    case "rule":
      return ofOneRule(told, subject);
    case "certificate":
      return ofOneCertificate(told);
  }
}

/** A freeze ends what was said before it, and nothing where nothing was. */
function withoutForeignFreezes(told: readonly Told[]): readonly Told[] {
  const first = told.findIndex(({ event }) => event.kind !== "LedgerFrozen");
  return first < 0 ? [] : told.slice(first);
}

function withoutForeignRules(told: readonly Told[]): readonly Told[] {
  const isOwn = ({ event: ended, generation }: Told): boolean =>
    told.some(({ event, generation: at }) => {
      if (event.kind !== "RuleAdded" || ended.kind !== "RuleEnded") return false;
      return at === generation && event.ruleId === ended.ruleId;
    });
  return told.filter((one) => one.event.kind !== "RuleEnded" || isOwn(one));
}

function ofOneRule(
  told: readonly Told[],
  { generation: wanted }: Extract<HistorySubject, { kind: "rule" }>,
): readonly Told[] {
  const added = told.findLast(({ event, generation }) => {
    return event.kind === "RuleAdded" && (wanted ?? generation) === generation;
  });
  if (added?.event.kind !== "RuleAdded") return [];
  const { group } = added.event.rule;
  return told.filter(({ event, generation }) => {
    if (generation !== added.generation) return false;
    return event.kind !== "GroupDefined" || event.group === group;
  });
}

/** Without an anchor there is no certificate; of the agency's accounts, the one that anchored it. */
function ofOneCertificate(told: readonly Told[]): readonly Told[] {
  const anchored = told.find(({ event }) => event.kind === "BatchAnchored")?.event;
  if (anchored?.kind !== "BatchAnchored") return [];
  return told.filter(({ event }) => !("account" in event) || event.account === anchored.operator);
}

function entryOf(event: LedgerEvent): TimelineEntry {
  const { block, time, transaction } = event.position;
  return {
    recordedAt: time,
    effectiveFrom: effectiveFromOf(event),
    block,
    transaction,
    what: { kind: event.kind, words: eventWords(event) },
    by: "by" in event ? event.by : event.operator,
    basis: basisOf(event),
  };
}

function effectiveFromOf(event: LedgerEvent): number {
  if ("effectiveFrom" in event) return event.effectiveFrom;
  if ("validFrom" in event) return event.validFrom;
  if ("since" in event) return event.since;
  return event.kind === "RuleAdded" ? event.rule.validFrom : event.position.time;
}

function basisOf(event: LedgerEvent): string | null {
  if (event.kind === "RuleAdded") return event.rule.basis;
  return "basis" in event ? event.basis : null;
}
