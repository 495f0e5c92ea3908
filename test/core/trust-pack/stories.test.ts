import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { answerOf } from "../../../src/app/answer.ts";
import type { LedgerEvent } from "../../../src/core/ledger/events.ts";
import { isOutside } from "../../../src/core/ledger/coverage.ts";
import { applyEvent } from "../../../src/core/ledger/reduce.ts";
import { batchKey, emptyLedger } from "../../../src/core/ledger/state.ts";
import { packTrust, withAge } from "../../../src/core/trust-pack/pack.ts";
import type { Selection } from "../../../src/core/trust-pack/selection.ts";
import type { HeldTrust } from "../../../src/core/trust-pack/unpack.ts";
import type { CounterRequest, Given, LedgerView } from "../../../src/core/verify/case.ts";
import { verify } from "../../../src/core/verify/verify.ts";
import { certificateAt, issueBatch } from "../../support/certificate-batch.ts";
import { fetchedPack } from "../../support/fetched-pack.ts";
import {
  DAY,
  HANGZHOU,
  MARRIAGE,
  NEXT_IDENTITY,
  T0,
  UNENTITLED_TYPE,
  sanyaDocumentKey,
} from "../../support/ledger-story.ts";
import { bindingFor, fileOf, proofOf, qrOf, signedWire } from "../../support/present.ts";
import {
  LAST_DAY,
  WENCHANG,
  someSteps,
  someTime,
  tellRandomStory,
} from "../../support/random-story.ts";
import { BEARER, KEYED, holder } from "../../support/usual-case.ts";

const primitives = await loadPrimitives();
const batches = [
  issueBatch(primitives, { holders: [undefined, holder.publicKey] }),
  issueBatch(primitives, { seed: "Sanya's second", type: UNENTITLED_TYPE }),
  issueBatch(primitives, { seed: "Hangzhou's", agency: HANGZHOU }),
  issueBatch(primitives, { seed: "Wenchang's", agency: WENCHANG }),
] as const;
const NOW = T0 + (LAST_DAY + 1) * DAY;
const fresh = { issuedAt: NOW, expiresAt: NOW + 60 };

function bound(): Given {
  const bearer = certificateAt(batches[0], BEARER);
  const times = { issuedAt: NOW - 9 * DAY, expiresAt: NOW + DAY };
  const binding = bindingFor(bearer, holder, sanyaDocumentKey, times);
  return qrOf(signedWire(proofOf(primitives, bearer), holder, { ...fresh, binding }));
}

const SHOWN = [
  { batch: batches[0], given: fileOf(certificateAt(batches[0], 2)) },
  {
    batch: batches[0],
    given: qrOf(signedWire(proofOf(primitives, certificateAt(batches[0], KEYED)), holder, fresh)),
  },
  { batch: batches[0], given: bound() },
  ...batches.slice(1).map((batch) => ({ batch, given: fileOf(certificateAt(batch, 0)) })),
];

const keyOf = ({ plan, root }: (typeof batches)[number]): string =>
  batchKey(plan.agency.code, root);

const request: fc.Arbitrary<CounterRequest> = fc
  .record(
    {
      at: someTime,
      asKnownAt: someTime,
      region: fc.constantFrom(HANGZHOU.region, "330106", "460200", "440300"),
      purpose: fc.constantFrom("落户", "公积金"),
    },
    { requiredKeys: [] },
  )
  .map((asked) => ({ ...asked, now: NOW, maxLedgerAge: 3600 }));

const selection: fc.Arbitrary<Selection> = fc.oneof(
  fc.record({
    region: fc.constantFrom(null, HANGZHOU.region, "330000", "460200", "440300"),
    type: fc.constantFrom(null, null, MARRIAGE, UNENTITLED_TYPE),
    batch: fc.constant(null),
  }),
  fc.constantFrom(...batches).map(({ plan, root }) => {
    return { region: null, type: null, batch: { agency: plan.agency.code, root } };
  }),
);

/** What is seen of the chain after so many of its events. */
function viewAfter(events: readonly LedgerEvent[], pending: readonly string[] = []): LedgerView {
  const state = emptyLedger(NEXT_IDENTITY);
  for (const event of events) applyEvent(state, event);
  const { block = 0, time = T0 } = events.at(-1)?.position ?? {};
  const hash = `0x${"b1".repeat(32)}`;
  return { state, block: { number: block, hash, time }, asOf: NOW - 5, pending: new Set(pending) };
}

const fetched = (view: LedgerView, asked: Selection, before: HeldTrust | null): HeldTrust =>
  fetchedPack(primitives, view, asked, before);

/** Whether the pack knows all of the batch, be it that there is none. */
function isHeld(held: LedgerView, batch: (typeof batches)[number], { state }: LedgerView): boolean {
  const key = keyOf(batch);
  if (state.anchors.has(key)) return held.state.anchors.has(key);
  const { coverage } = held;
  return coverage !== undefined && !isOutside(coverage, held.state, key, batch.plan.agency.code);
}

function answered(given: Given, view: LedgerView, asked: CounterRequest): string {
  const verdict = verify(given, view, asked, primitives);
  return JSON.stringify(answerOf({ verdict, view, request: asked }));
}

describe("a trust pack of any story", () => {
  it("gives byte for byte the answer that the followed ledger gives, for all that it holds", () => {
    const reached = new Set<string>();
    const some = fc.nat(SHOWN.length - 1);
    fc.assert(
      fc.property(someSteps(), some, selection, request, (steps, which, asked, question) => {
        const { batch, given } = SHOWN[which] as (typeof SHOWN)[number];
        const { events } = tellRandomStory(primitives, batches, steps);
        const view = viewAfter(events, [keyOf(batches[3])]);
        const { view: held } = fetched(view, asked, null);
        const said = answered(given, held, question);
        const { verdict } = JSON.parse(said);
        if (isHeld(held, batch, view)) expect(said).toBe(answered(given, view, question));
        else expect(verdict).not.toBe("accepted");
        reached.add(isHeld(held, batch, view) ? verdict : `outside: ${verdict}`);
      }),
      { numRuns: 400 },
    );
    const inside = ["accepted", "indeterminate", "rejected"];
    expect([...reached]).toEqual(expect.arrayContaining([...inside, "outside: indeterminate"]));
  });

  it("is the same whether fetched whole or in increments", () => {
    let increments = 0;
    fc.assert(
      fc.property(
        someSteps(),
        selection,
        fc.array(fc.nat(30), { maxLength: 3 }),
        (steps, asked, cuts) => {
          const { events } = tellRandomStory(primitives, batches, steps);
          let held: HeldTrust | null = null;
          for (const cut of [...cuts].sort((a, b) => a - b)) {
            held = fetched(viewAfter(events.slice(0, Math.max(cut, 1))), asked, held);
          }
          const view = viewAfter(events);
          const { head } = packTrust(view, asked, held?.place ?? null, primitives);
          if (head.after !== null) increments++;
          const folded = fetched(view, asked, held);
          const whole = fetched(view, asked, null);
          expect(repacked(folded, asked)).toEqual(repacked(whole, asked));
        },
      ),
      { numRuns: 150 },
    );
    expect(increments).toBeGreaterThan(50);
  });
});

/** Every byte of what is held, by packing it again. */
function repacked({ view }: HeldTrust, asked: Selection): Uint8Array {
  return packTrust(view, asked, null, primitives).content;
}

describe("what a pack says of batches that it does not hold", () => {
  const story = tellRandomStory(primitives, batches, [
    { days: 1, happens: { batch: 2, event: "anchor", effectiveFrom: T0 } },
  ]);
  const view = story.view(NOW - 5);
  const hangzhou = SHOWN[4]?.given as Given;
  const asked = { now: NOW, maxLedgerAge: 3600 };

  it.each([
    ["its agency is of no matter to the region", { region: "440300", type: null, batch: null }],
    ["it is of another type", { region: null, type: UNENTITLED_TYPE, batch: null }],
    [
      "the pack is of one batch",
      {
        region: null,
        type: null,
        batch: { agency: batches[0].plan.agency.code, root: batches[0].root },
      },
    ],
  ])("is that it can't tell, where %s", (_, selection) => {
    expect(JSON.parse(answered(hangzhou, view, asked)).verdict).toBe("accepted");
    const held = fetched(view, selection, null);
    const answer = JSON.parse(answered(hangzhou, held.view, asked));
    expect(answer).toMatchObject({ verdict: "indeterminate", authentic: null });
    expect(answer.checks[2]).toMatchObject({ check: "anchor", code: "OUTSIDE_PACK" });
  });

  it("is that it is not anchored, where a whole pack would hold it", () => {
    const held = fetched(view, { region: null, type: null, batch: null }, null);
    const unknown = SHOWN[3]?.given as Given;
    const answer = JSON.parse(answered(unknown, held.view, asked));
    expect(answer.checks[2]).toMatchObject({ code: "ROOT_NOT_ANCHORED" });
  });

  it("is no more than of an agency that nobody registered", () => {
    const without = new Set(["X"]);
    expect(isOutside({ without, type: null, batch: null }, view.state, "X/0x", "X")).toBe(false);
  });

  it("is nothing of a batch that it holds, though its agency is left out", () => {
    const key = keyOf(batches[2]);
    const without = new Set([HANGZHOU.code]);
    const coverage = { without, type: null, batch: null };
    expect(isOutside(coverage, view.state, key, HANGZHOU.code)).toBe(false);
  });
});

describe("the age of a pack", () => {
  const view = tellRandomStory(primitives, batches, []).view(NOW - 5);
  const all = { region: null, type: null, batch: null };

  it("is that of the ledger when it was signed: past the limit it can't tell", () => {
    const { view: held } = fetched(view, all, null);
    const late = { now: NOW + DAY, maxLedgerAge: DAY };
    expect(JSON.parse(answered(fileOf(certificateAt(batches[0], 2)), held, late))).toMatchObject({
      verdict: "indeterminate",
      ledger: { ageSeconds: DAY + 5 },
    });
  });

  it("moves with the head alone where nothing happened", () => {
    const packed = packTrust(view, all, null, primitives);
    const later = { ...view, asOf: NOW, block: { ...view.block, number: 99, time: NOW } };
    const renewed = withAge(packed, later);
    expect(renewed).toEqual({ ...packTrust(later, all, null, primitives) });
    expect(renewed.head.asOf).toBe(NOW);
  });
});
