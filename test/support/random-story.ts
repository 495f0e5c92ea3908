/**
 * Histories at random, of several agencies, keys, rules, statuses, successions and generations: whatever
 * the contracts could say, in any order, whether it makes sense or not.
 */
import fc from "fast-check";
import type { Primitives } from "../../src/core/hashing.ts";
import type { LedgerEvent, RecognitionRule } from "../../src/core/ledger/events.ts";
import { applyEvent } from "../../src/core/ledger/reduce.ts";
import { emptyLedger } from "../../src/core/ledger/state.ts";
import type { LedgerState } from "../../src/core/ledger/state.ts";
import type { IssuedBatch } from "./issued-batch.ts";
import type { LedgerStory, ToldEvent } from "./ledger-story.ts";
import {
  DAY,
  HANGZHOU,
  MARRIAGE,
  NEXT_IDENTITY,
  SANYA,
  SANYA_KEY_ID,
  T0,
  UNENTITLED_TYPE,
  USUAL_RULE,
  keyAdded,
  publishType,
  sanyaDocumentKey,
  tellUsualStory,
} from "./ledger-story.ts";
import { migrate } from "./migrated-story.ts";
import { seededSm2Key } from "./seeded.ts";

/** An office that nobody registers unless the story does, and its operator. */
export const WENCHANG = {
  code: "11469005MB12345678",
  region: "469005",
  name: "文昌市民政局",
  operator: `0x${"54".repeat(20)}`,
};
/** Sanya's second document key, of SM2; a story may add it. */
export const sm2DocumentKey = seededSm2Key("SM2 document key of Sanya");
const SM2_KEY_ID = `0x${"4d".repeat(32)}`;
const GROUP = "自贸港";
/** How many days after T0 things happen, take effect or are asked about. */
export const LAST_DAY = 40;

const dayIn = (days: number): number => T0 + days * DAY;
export const someTime = fc.integer({ min: -2, max: LAST_DAY }).map(dayIn);
const someEnd = fc.option(someTime);
const agencies = [SANYA, HANGZHOU, WENCHANG];
const someAgency = fc.constantFrom(SANYA.code, SANYA.code, HANGZHOU.code, WENCHANG.code);
const someOperator = fc.constantFrom(...agencies.map(({ operator }) => operator));
const someType = fc.constantFrom(MARRIAGE, MARRIAGE, UNENTITLED_TYPE);
const someKey = fc.constantFrom(SANYA_KEY_ID, SM2_KEY_ID);
const someStatus = fc.constantFrom(0, 0, 1, 1, 2, 5, 15);

export const someRule: fc.Arbitrary<RecognitionRule> = fc
  .record({
    recognising: fc.constantFrom("330100", "330000", "0", "440000"),
    recognised: fc.constantFrom("460200", "460000", "0", "440000"),
    group: fc.constantFrom(null, GROUP),
    type: fc.constantFrom(null, MARRIAGE, UNENTITLED_TYPE),
    serviceItems: fc.constantFrom<readonly string[]>([], [], ["落户"]),
    effect: fc.constantFrom<RecognitionRule["effect"]>("accept", "conditional", "suspend", "deny"),
    leastAssurance: fc.constantFrom(1, 1, 5),
    validFrom: someTime,
    validUntil: someEnd,
  })
  .map((rule) => ({ ...USUAL_RULE, ...rule }));

type Told<K extends ToldEvent["kind"]> = Extract<ToldEvent, { kind: K }>;

type Members<E> = { readonly [M in keyof E]: fc.Arbitrary<E[M]> };

function told<K extends ToldEvent["kind"]>(
  kind: K,
  members: Members<Omit<Told<K>, "kind" | "by">>,
): fc.Arbitrary<ToldEvent> {
  const arbitraries = members as Record<string, fc.Arbitrary<unknown>>;
  return fc.record(arbitraries).map((event) => ({ ...event, kind }) as ToldEvent);
}

const ofAgency = { agency: someAgency };
const window = { validFrom: someTime, validUntil: someEnd };
const account = { ...ofAgency, account: someOperator };
const key = { agency: fc.constant(SANYA.code), keyId: someKey };

const trustEvents = [
  fc.constantFrom(...agencies).map(({ code, region, name }): ToldEvent => {
    return { kind: "AgencyRegistered", agency: code, region, name, effectiveFrom: T0 };
  }),
  told("AgencyStatusChanged", {
    ...ofAgency,
    status: fc.constantFrom("active", "active", "suspended", "closed"),
    effectiveFrom: someTime,
  }),
  told("AgencySucceeded", { ...ofAgency, successor: someAgency, effectiveFrom: someTime }),
  told("EntitlementGranted", {
    ...{ ...ofAgency, type: someType, ...window },
    assurance: fc.constantFrom(2, 4),
  }),
  told("EntitlementEnded", { ...ofAgency, type: someType }),
  told("OperatorAdded", { ...account, ...window }),
  told("OperatorRemoved", account),
  told("OperatorDistrusted", { ...account, since: someTime }),
  told("OperatorDistrustLifted", account),
  fc.record(window).map((dates) => keyAdded(sanyaDocumentKey.publicKey, dates)),
  fc.record(window).map((dates) => {
    const { algorithm, publicKey } = sm2DocumentKey;
    return keyAdded(publicKey, { keyId: SM2_KEY_ID, algorithm, ...dates });
  }),
  told("DocumentKeyEnded", key),
  told("DocumentKeyDistrusted", key),
  told("DocumentKeyDistrustLifted", key),
];

const ruleEvents = [
  someRule.map((rule): ToldEvent => ({ kind: "RuleAdded", ruleId: 0, rule })),
  told("RuleEnded", { ruleId: fc.integer({ min: 1, max: 6 }) }),
  told("GroupDefined", {
    group: fc.constant(GROUP),
    regions: fc.subarray(["460000", "460200", "440000"]),
  }),
];

/** The batch of that number is anchored, or changes its status. */
interface BatchStep {
  readonly batch: number;
  readonly event: "anchor" | { readonly status: number; readonly indices: number[] | "whole" };
  readonly effectiveFrom: number;
}

const batchStep: fc.Arbitrary<BatchStep> = fc.record({
  batch: fc.nat({ max: 3 }),
  effectiveFrom: someTime,
  event: fc.oneof(
    fc.constant("anchor" as const),
    fc.record({
      status: someStatus,
      indices: fc.oneof(fc.constant("whole" as const), fc.subarray([0, 1, 2, 3], { minLength: 1 })),
    }),
  ),
});

/** What happens, so many days after what happened before. */
export interface Step {
  readonly days: number;
  readonly happens: ToldEvent | BatchStep | "publish" | "freeze" | "migrate";
}

/** @param hasFreeze whether generations may end; there is a successor for the first alone */
export function someSteps({ hasFreeze = true } = {}): fc.Arbitrary<Step[]> {
  const happens: fc.Arbitrary<Step["happens"]> = fc.oneof(
    { weight: 8, arbitrary: batchStep },
    { weight: 8, arbitrary: fc.oneof(...trustEvents) },
    { weight: 6, arbitrary: fc.oneof(...ruleEvents) },
    { weight: 1, arbitrary: fc.constant("publish" as const) },
    {
      weight: hasFreeze ? 2 : 0,
      arbitrary: fc.constantFrom("freeze" as const, "migrate" as const),
    },
  );
  return fc.array(fc.record({ days: fc.nat({ max: 3 }), happens }), { maxLength: 16 });
}

/** The usual story with the first batch anchored, and what happens after it, followed from the deployment that may come second. */
export function tellRandomStory(
  primitives: Primitives,
  batches: readonly IssuedBatch[],
  steps: readonly Step[],
): LedgerStory {
  const story = tellUsualStory(primitives, NEXT_IDENTITY);
  for (const batch of batches.slice(0, 1)) story.anchor(batch);
  let time = T0;
  for (const { days, happens } of steps) {
    time += days * DAY;
    take(story.at(time), batches, happens);
  }
  return story;
}

function take(story: LedgerStory, batches: readonly IssuedBatch[], happens: Step["happens"]): void {
  if (happens === "publish") publishType(story, MARRIAGE, { version: 2, alwaysDisclosed: [] });
  else if (happens === "freeze") story.freeze();
  else if (happens === "migrate") migrate(story);
  else if ("kind" in happens) {
    if (happens.kind === "RuleAdded") story.addRule(happens.rule);
    else story.tell(happens);
  } else takeBatch(story, batches[happens.batch] as IssuedBatch, happens);
}

function takeBatch(story: LedgerStory, batch: IssuedBatch, step: BatchStep): void {
  const { event, effectiveFrom } = step;
  if (event === "anchor") story.anchor(batch);
  else if (event.indices === "whole") story.setStatus(batch, null, event.status, effectiveFrom);
  else if (event.indices.length > 1) story.setStatuses(batch, event.indices, event.status);
  else story.setStatus(batch, event.indices[0] ?? 0, event.status, effectiveFrom);
}

/** The ledger of whoever read the chain up to that time and no further. */
export function foldedUpTo(events: readonly LedgerEvent[], time: number): LedgerState {
  const state = emptyLedger(NEXT_IDENTITY);
  for (const event of events) if (event.position.time <= time) applyEvent(state, event);
  return state;
}
