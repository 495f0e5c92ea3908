import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import type { LedgerState } from "../../../src/core/ledger/state.ts";
import { ZERO_HASH, ruleKey } from "../../../src/core/ledger/state.ts";
import type { CounterRequest, Given, LedgerView } from "../../../src/core/verify/case.ts";
import type { Verdict } from "../../../src/core/verify/verdict.ts";
import { verify } from "../../../src/core/verify/verify.ts";
import { certificateAt, issueBatch } from "../../support/certificate-batch.ts";
import { DAY, HANGZHOU, T0, sanyaDocumentKey } from "../../support/ledger-story.ts";
import { migrate } from "../../support/migrated-story.ts";
import { outcomesOf } from "../../support/outcomes.ts";
import { bindingFor, fileOf, proofOf, qrOf, signedWire } from "../../support/present.ts";
import {
  LAST_DAY,
  WENCHANG,
  foldedUpTo,
  sm2DocumentKey,
  someRule,
  someSteps,
  someTime,
  tellRandomStory,
} from "../../support/random-story.ts";
import type { SigningKey } from "../../support/seeded.ts";
import { BEARER, KEYED, holder } from "../../support/usual-case.ts";

const primitives = await loadPrimitives();
const batches = [
  issueBatch(primitives, { holders: [undefined, holder.publicKey] }),
  issueBatch(primitives, { seed: "Sanya's second", schemaVersion: 2 }),
  issueBatch(primitives, { seed: "Hangzhou's", agency: HANGZHOU }),
  issueBatch(primitives, { seed: "Wenchang's", agency: WENCHANG }),
] as const;
const END = T0 + LAST_DAY * DAY;
/** When whoever asks looks, after all that happens. */
const NOW = END + DAY;

const [keyed, bearer] = [certificateAt(batches[0], KEYED), certificateAt(batches[0], BEARER)];

function bound(documentKey: SigningKey, issuedAt: number): Given {
  const times = { issuedAt, expiresAt: NOW + DAY };
  const binding = bindingFor(bearer, holder, documentKey, times);
  const fresh = { issuedAt: NOW, expiresAt: NOW + 60, binding };
  return qrOf(signedWire(proofOf(primitives, bearer), holder, fresh));
}

const fresh = { issuedAt: NOW, expiresAt: NOW + 60 };
/** What holders show: keys in the leaf, bindings by either key of the agency, files, of two agencies. */
const SHOWN: readonly Given[] = [
  qrOf(signedWire(proofOf(primitives, keyed), holder, fresh)),
  bound(sanyaDocumentKey, NOW - 20 * DAY),
  bound(sm2DocumentKey, NOW - 20 * DAY),
  bound(sanyaDocumentKey, NOW - 5 * DAY),
  fileOf(bearer),
  ...batches.slice(1).map((batch) => fileOf(certificateAt(batch, 0))),
];

const request: fc.Arbitrary<CounterRequest> = fc
  .record({
    at: fc.oneof(fc.constant(NOW), someTime),
    region: fc.constantFrom(HANGZHOU.region, HANGZHOU.region, "460200", "440300"),
    purpose: fc.constantFrom("落户", "公积金"),
  })
  .map((asked) => ({ ...asked, now: NOW, maxLedgerAge: 3600 }));
const shown = fc.constantFrom(...SHOWN);

function judge(given: Given, state: LedgerState, asked: CounterRequest): Verdict {
  const block = { number: 1, hash: ZERO_HASH, time: NOW };
  const view: LedgerView = { state, block, asOf: NOW, pending: new Set() };
  return verify(given, view, asked, primitives);
}

/** All that a verdict says, but for what records say of later times. */
function saidBy({ certificate, recognition, ...others }: Verdict): object {
  const rule = recognition?.by === "rule" ? recognition.record : null;
  return {
    ...others,
    anchor: certificate?.anchor,
    type: certificate?.type,
    agency: certificate?.agency?.name,
    successor: certificate?.successor?.code,
    recognition: recognition?.by,
    rule: rule && ruleKey(rule.generation, rule.id),
  };
}

describe("a question as known at a past time", () => {
  it("is answered as it would have been then: nothing recorded later shows, whatever it was", () => {
    fc.assert(
      fc.property(someSteps(), shown, request, someTime, (steps, given, asked, asKnownAt) => {
        const { state, events } = tellRandomStory(primitives, batches, steps);
        const now = judge(given, state, { ...asked, asKnownAt });
        const then = judge(given, foldedUpTo(events, asKnownAt), asked);
        expect(saidBy(now)).toEqual(saidBy(then));
      }),
      { numRuns: 800 },
    );
  });

  it("and the histories at random reach every answer that the chain can give", () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(someSteps(), shown, request, (steps, given, asked) => {
        const { state } = tellRandomStory(primitives, batches, steps);
        const verdict = judge(given, state, asked);
        reached.add(verdict.verdict).add(verdict.certificate?.successor?.code ?? "no successor");
        for (const outcome of Object.values(outcomesOf(verdict))) reached.add(outcome);
      }),
      { numRuns: 1200, seed: 3 },
    );
    const answers = "accepted rejected indeterminate ROOT_NOT_ANCHORED AGENCY_NOT_AUTHORISED";
    const codes =
      "ANCHOR_DISTRUSTED SUSPENDED SUPERSEDED REVOKED OTHER_STATUS BINDING_INVALID NOT_YET_VALID";
    const rules = "NO_RULE DENIED RECOGNITION_SUSPENDED RECOGNITION_EXPIRED ASSURANCE_TOO_LOW";
    const others = ["unknown: CHAIN_STALE", "no successor", HANGZHOU.code, WENCHANG.code];
    const wanted = [...`${answers} ${codes} ${rules}`.split(" "), ...others];
    expect(wanted.filter((one) => !reached.has(one))).toEqual([]);
  });
});

describe("a deny", () => {
  it("that is added never turns a refusal into an acceptance", () => {
    fc.assert(
      fc.property(someSteps(), shown, request, someRule, (steps, given, asked, rule) => {
        const story = tellRandomStory(primitives, batches, steps);
        const before = judge(given, story.state, asked);
        story.at(END).addRule({ ...rule, effect: "deny" });
        const after = judge(given, story.state, asked);
        expect(after.verdict === "accepted" && before.verdict !== "accepted").toBe(false);
        if (before.verdict === "rejected") expect(after.verdict).toBe("rejected");
      }),
      { numRuns: 300 },
    );
  });
});

describe("the reducer", () => {
  it("makes the same state of the same events, however often it is told them", () => {
    fc.assert(
      fc.property(someSteps(), (steps) => {
        const { state, events } = tellRandomStory(primitives, batches, steps);
        expect(foldedUpTo(structuredClone(events), Infinity)).toEqual(state);
      }),
      { numRuns: 100 },
    );
  });
});

describe("a migration", () => {
  /** The checks with their codes; a rule has another number in another deployment's policy. */
  const answerOf = (verdict: Verdict): object => {
    const { certificate, recognition } = verdict;
    const rule = recognition?.by === "rule" ? recognition.record.rule : recognition?.by;
    const agency = [certificate?.agency?.name, certificate?.successor?.code];
    return { outcomes: outcomesOf(verdict), rule, agency, anchor: certificate?.anchor };
  };

  it("leaves every verdict on what was issued before it as it was", () => {
    const pause = fc.constantFrom(0, DAY, 9 * DAY);
    const steps = someSteps({ hasFreeze: false });
    fc.assert(
      fc.property(steps, shown, request, pause, (happened, given, asked, seconds) => {
        const story = tellRandomStory(primitives, batches, happened);
        const before = answerOf(judge(given, story.state, asked));
        const last = story.events.at(-1)?.position.time ?? T0;
        migrate(story.at(Math.max(last, END - 9 * DAY)), seconds);
        expect(answerOf(judge(given, story.state, asked))).toEqual(before);
      }),
      { numRuns: 500 },
    );
  });
});
