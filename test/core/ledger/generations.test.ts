import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { entitlementOf } from "../../../src/core/ledger/agencies.ts";
import { nextHead } from "../../../src/core/ledger/anchors.ts";
import { isAuthorityOver, ownFreeze } from "../../../src/core/ledger/authorities.ts";
import { findDiscontinuity } from "../../../src/core/ledger/continuity.ts";
import type { BatchAnchored } from "../../../src/core/ledger/events.ts";
import { isOperatorOf } from "../../../src/core/ledger/operators.ts";
import { decideRecognition, findRule } from "../../../src/core/ledger/recognition.ts";
import { applyEvent } from "../../../src/core/ledger/reduce.ts";
import {
  ZERO_HASH,
  batchKey,
  emptyLedger,
  emptyLedgerAt,
  ruleKey,
} from "../../../src/core/ledger/state.ts";
import type { LedgerState } from "../../../src/core/ledger/state.ts";
import { issueBatch } from "../../support/certificate-batch.ts";
import type { LedgerStory } from "../../support/ledger-story.ts";
import {
  AUTHORITY,
  DAY,
  IDENTITY,
  MARRIAGE,
  NEXT_IDENTITY,
  NOW,
  SANYA,
  SANYA_KEY_ID,
  T0,
  YEAR,
  tellUsualStory,
} from "../../support/ledger-story.ts";
import { migrate } from "../../support/migrated-story.ts";

const primitives = await loadPrimitives();
const [first, second] = ["first", "second"].map((seed) => issueBatch(primitives, { seed })) as [
  ReturnType<typeof issueBatch>,
  ReturnType<typeof issueBatch>,
];
const question = { recognising: "330100", recognised: "460200", type: MARRIAGE, at: NOW };

/** The usual story, read from the second deployment, with the first one frozen at NOW. */
function frozen(identity = NEXT_IDENTITY): LedgerStory {
  const story = tellUsualStory(primitives, identity).anchor(first).setStatus(first, 2, 1);
  return story.at(NOW).freeze();
}

/** Of every batch, with the changes of its certificates laid open. */
function statusesOf({ statuses }: LedgerState): unknown[] {
  return [...statuses].map(([key, { whole, certificates }]) => [
    key,
    whole,
    [...certificates.all()],
  ]);
}

describe("a ledger that was frozen", () => {
  it("ends every power that anyone had", () => {
    const { state } = frozen();
    expect(isAuthorityOver(state, AUTHORITY, ["0"], NOW)).toBe(false);
    const operator = state.operators.get(SANYA.operator);
    expect(isOperatorOf(operator, SANYA.code, NOW - 1)).toBe(true);
    expect(isOperatorOf(operator, SANYA.code, NOW)).toBe(false);
    expect(entitlementOf(state, SANYA.operator, SANYA.code, MARRIAGE, NOW - 1)).toBeNull();
    const key = state.agencies.get(SANYA.code)?.documentKeys.get(SANYA_KEY_ID);
    expect(key).toMatchObject({ validUntil: NOW, trust: [] });
    expect(decideRecognition(state, question).by).toBe("nothing");
    expect(decideRecognition(state, { ...question, at: NOW - 1 }).by).toBe("rule");
  });

  it("keeps what they did: agencies, types, anchors and statuses", () => {
    const { state } = frozen();
    const before = tellUsualStory(primitives).anchor(first).setStatus(first, 2, 1).state;
    expect(state.types).toEqual(before.types);
    expect(state.anchors).toEqual(before.anchors);
    expect(statusesOf(state)).toEqual(statusesOf(before));
    expect(state.agencies.get(SANYA.code)).toMatchObject({ status: "active", name: SANYA.name });
    expect(state.freezes).toEqual([{ successor: NEXT_IDENTITY.directory, recordedAt: NOW }]);
  });

  it("goes on in the next contracts, which number their events and fold their head from the start", () => {
    const story = frozen();
    const none = { AuthorityRegistry: 0, AgencyRegistry: 0, CertificateCatalog: 0 };
    expect(story.state.sequences).toEqual({ ...none, RecognitionPolicy: 0 });
    expect([story.state.sequence, story.state.head]).toEqual([0, ZERO_HASH]);
    migrate(story);
    story.anchor(second);
    const event = story.events.at(-1) as BatchAnchored;
    const alone = emptyLedger({ ...NEXT_IDENTITY, predecessors: [] });
    expect(event.sequence).toBe(1);
    expect(event.head).toBe(nextHead(primitives.keccak256, alone, event));
  });

  it("is read without a gap through both deployments, and a gap in either shows", () => {
    const story = tellUsualStory(primitives, NEXT_IDENTITY).anchor(first).at(NOW);
    migrate(story);
    const { events } = story.anchor(second);
    const gapsIn = (read: typeof events): number[] => {
      const state = emptyLedger(NEXT_IDENTITY);
      return read.flatMap((event, at) => {
        const ahead = emptyLedgerAt(state);
        const gap = findDiscontinuity(primitives.keccak256, ahead, event);
        applyEvent(state, event);
        return gap === null ? [] : [at];
      });
    };
    expect(gapsIn(events)).toEqual([]);
    const frozenAt = events.findIndex(({ kind }) => kind === "LedgerFrozen");
    for (const at of [3, frozenAt, frozenAt + 2]) {
      expect(gapsIn(events.toSpliced(at, 1))).not.toEqual([]);
    }
  });

  it("that nobody goes on from, as far as is known, stays where its contracts are", () => {
    const { state } = frozen(IDENTITY);
    expect(state.sequences).toMatchObject({ AuthorityRegistry: 2, AgencyRegistry: 7 });
    expect(state.sequence).toBe(1);
    expect(ownFreeze(state, NOW - 1)).toBeNull();
    expect(ownFreeze(state, NOW)).toEqual({ successor: NEXT_IDENTITY.directory, recordedAt: NOW });
    expect(ownFreeze(frozen().state, NOW)).toBeNull();
  });
});

describe("what is said again in the next deployment", () => {
  it("gives an agency its powers back and leaves its histories, its region and its name", () => {
    const story = frozen();
    const registered = {
      kind: "AgencyRegistered",
      agency: SANYA.code,
      effectiveFrom: NOW,
    } as const;
    story.at(NOW + DAY).tell({ ...registered, region: "110000", name: "别的名称" });
    expect(story.state.agencies.get(SANYA.code)).toMatchObject({
      region: SANYA.region,
      name: SANYA.name,
      registeredAt: T0 - YEAR,
      status: "active",
      statuses: [{ recordedAt: T0 - YEAR }, { recordedAt: NOW + DAY }],
    });
  });

  it("does not make a first record second: a root anchored again stands as it was", () => {
    const story = tellUsualStory(primitives, NEXT_IDENTITY).anchor(first).at(NOW);
    migrate(story);
    story.at(NOW + DAY).anchor(first);
    expect(story.state.anchors.get(batchKey(SANYA.code, first.root))).toMatchObject({ time: T0 });
    expect(story.state.sequence).toBe(1);
  });

  it("has rules with numbers of their own, and ends none of the others", () => {
    const story = frozen().addRule({ condition: "second" });
    expect([...story.state.rules.keys()]).toEqual([ruleKey(0, 1), ruleKey(1, 1)]);
    expect(findRule(story.state, 1)?.rule.condition).toBe("second");
    story.at(NOW + DAY).tell({ kind: "RuleEnded", ruleId: 1 });
    expect([...story.state.rules.values()].map(({ endedAt }) => endedAt)).toEqual([NOW, NOW + DAY]);
  });

  it("leaves a rule that was ended before the migration ended when it was", () => {
    const story = tellUsualStory(primitives, NEXT_IDENTITY).tell({ kind: "RuleEnded", ruleId: 1 });
    story.at(NOW).freeze();
    expect(story.state.rules.get(ruleKey(0, 1))?.endedAt).toBe(T0);
  });

  it("has rules that decide from the migration on: for a time before, those of that time do", () => {
    const story = tellUsualStory(primitives, NEXT_IDENTITY);
    story.addRule({ effect: "conditional", condition: "only then" });
    story.at(T0 + 9 * DAY).tell({ kind: "RuleEnded", ruleId: 2 });
    migrate(story.at(T0 + 20 * DAY), DAY);
    const ask = (day: number): unknown => {
      const decision = decideRecognition(story.state, { ...question, at: T0 + day * DAY });
      return decision.by === "rule" ? [decision.record.generation, decision.record.id] : null;
    };
    expect([8, 9, 19, 20, 21].map(ask)).toEqual([
      [0, 2],
      [0, 1],
      [0, 1],
      [1, 1],
      [1, 1],
    ]);
  });
});
