import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { concatBytes } from "../../../src/core/encoding/bytes.ts";
import { fromQrText, toPrintText } from "../../../src/core/presentation/qr-text.ts";
import type { Proof } from "../../../src/core/presentation/proof.ts";
import type { Given } from "../../../src/core/verify/case.ts";
import { CHECK_NAMES } from "../../../src/core/verify/codes.ts";
import { laidOpen } from "../../support/laid-open.ts";
import { NOW, SANYA } from "../../support/ledger-story.ts";
import { outcomesOf } from "../../support/outcomes.ts";
import { bearerWire, fileOf, jsonOf, proofOf, qrOf, signedWire } from "../../support/present.ts";
import { PLAIN, STRICT, holder, usualCase } from "../../support/usual-case.ts";

const primitives = await loadPrimitives();
const usual = usualCase(primitives);
const { keyed, bearer, judge } = usual;
/** Asks for nothing that would refuse a presentation for what it leaves out. */
const EASY = { now: NOW, maxLedgerAge: 3600 };

describe("the judge", () => {
  it("answers with all ten checks in the protocol's order", () => {
    const names = judge(usual.signed(), STRICT).checks.map(({ check }) => check);
    expect(names).toEqual(CHECK_NAMES);
    expect(judge({ qr: "" }, STRICT).checks.map(({ check }) => check)).toEqual(CHECK_NAMES);
  });

  it("leaves the ledger as it was", () => {
    const before = structuredClone(laidOpen(usual.story.state));
    judge(usual.signed(), STRICT);
    judge({ qr: "" }, STRICT);
    expect(laidOpen(usual.story.state)).toEqual(before);
  });

  it("gives the same verdict on the same certificate as code, print and file", () => {
    const proof = proofOf(primitives, bearer);
    const shown = [
      qrOf(bearerWire(proof)),
      { qr: toPrintText(bearerWire(proof), "verify.example") },
      fileOf(bearer),
    ];
    const verdicts = shown.map((given) => judge(given, PLAIN));
    expect(verdicts.map(outcomesOf)).toEqual(
      verdicts.map(() => outcomesOf(judge(fileOf(bearer), PLAIN))),
    );
    expect(verdicts.every(({ verdict }) => verdict === "accepted")).toBe(true);
  });
});

describe("a stale or missing view of the chain", () => {
  const ages = fc.constantFrom(null, NOW - 3601, 0);
  const statuses = fc.integer({ min: 0, max: 15 });
  const shown = fc.constantFrom<() => Given>(
    () => usual.signed(),
    () => usual.bound(),
    () => usual.printed(),
    () => fileOf(keyed),
  );

  it("never makes a verdict 'rejected', whatever was last known", () => {
    fc.assert(
      fc.property(ages, statuses, fc.boolean(), shown, (asOf, status, isAnchored, given) => {
        const { story, batch } = usualCase(primitives, {}, { isAnchored });
        story.setStatus(batch, null, status).addRule({ recognising: "0", effect: "deny" });
        story.tell({ kind: "OperatorRemoved", agency: SANYA.code, account: SANYA.operator });
        const view = asOf === null ? null : story.view(asOf);
        const { audience, region } = STRICT;
        const request = { now: NOW, maxLedgerAge: 3600, audience, region } as const;
        const verdict = judge(given(), request as typeof STRICT, view);
        expect(verdict.verdict).toBe("indeterminate");
        expect(verdict.authentic).toBeNull();
      }),
      { numRuns: 100 },
    );
  });
});

describe("any choice of claims", () => {
  const names = keyed.claims.map(({ name }) => name);

  it("verifies, and shows exactly what was chosen", () => {
    fc.assert(
      fc.property(fc.subarray(names), fc.boolean(), (chosen, isSigned) => {
        const proof = proofOf(primitives, isSigned ? keyed : bearer, chosen);
        const wire = isSigned ? signedWire(proof, holder) : bearerWire(proof);
        const verdict = judge(qrOf(wire), EASY);
        expect(outcomesOf(verdict)).toMatchObject({ integrity: "pass", anchor: "pass" });
        const shown = [...(verdict.certificate?.claims.keys() ?? [])];
        expect(shown).toEqual(names.filter((name) => chosen.includes(name)));
      }),
      { numRuns: 100 },
    );
  });
});

describe("an altered presentation", () => {
  const wireOf = (given: Given): Uint8Array => fromQrText("qr" in given ? given.qr : "");

  it.each([
    ["signed code", wireOf(usual.signed()), STRICT],
    ["code with a binding", wireOf(usual.bound()), STRICT],
    ["printed code", wireOf(usual.printed()), PLAIN],
  ])(
    "is never accepted and never breaks the judge: every single bit of a %s",
    (_, wire, request) => {
      expect(judge(qrOf(wire), request).verdict).toBe("accepted");
      const accepted: number[] = [];
      for (let bit = 0; bit < wire.length * 8; bit++) {
        const flipped = wire.slice();
        flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
        if (judge(qrOf(flipped), request).verdict === "accepted") accepted.push(bit);
      }
      expect(accepted).toEqual([]);
    },
  );

  it("is never accepted and never breaks the judge: many bytes at random", () => {
    const wire = wireOf(usual.signed());
    const edit = fc.record({
      at: fc.nat({ max: wire.length - 1 }),
      drop: fc.nat({ max: 3 }),
      insert: fc.uint8Array({ maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        let altered = wire;
        for (const { at, drop, insert } of edits) {
          altered = concatBytes(altered.slice(0, at), insert, altered.slice(at + drop));
        }
        const isSame = altered.length === wire.length && altered.every((b, i) => b === wire[i]);
        return isSame || judge(qrOf(altered), STRICT).verdict !== "accepted";
      }),
      { numRuns: 1000 },
    );
  });

  it("never breaks the judge: any text at all", () => {
    const anyText = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string().map((text) => `LZ1:${text}`),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => toPrintText(bytes, "verify.example")),
    );
    fc.assert(
      fc.property(anyText, (qr) => judge({ qr }, STRICT).verdict === "rejected"),
      { numRuns: 1000 },
    );
  });

  const change = (changes: Partial<Proof>): Partial<Proof> => changes;
  const proof = proofOf(primitives, bearer, ["holderName", "isFirst"]);
  const [first, second] = proof.claimsProof as [Uint8Array, Uint8Array];
  const path = [0, 32, 64].map((at) => proof.path.slice(at, at + 32));
  const disclosed = proof.disclosed.map((claim, i) => ({ ...claim, position: i }));

  it.each<[string, Partial<Proof>]>([
    [
      "two hashes of the claims' proof swapped",
      change({ claimsProof: [second, first, ...proof.claimsProof.slice(2)] }),
    ],
    ["a hash of the claims' proof dropped", change({ claimsProof: proof.claimsProof.slice(1) })],
    ["a hash of the claims' proof added", change({ claimsProof: [...proof.claimsProof, first] })],
    ["two hashes of the path swapped", change({ path: concatBytes(...path.toReversed()) })],
    ["the first hash of the path dropped", change({ path: proof.path.slice(32) })],
    ["the last hash of the path dropped", change({ path: proof.path.slice(0, -32) })],
    ["a hash of the path added", change({ path: concatBytes(proof.path, first) })],
    ["the number changed", change({ index: 2 })],
    ["the first day moved", change({ notBefore: proof.notBefore - 1 })],
    ["the last day moved", change({ notAfter: (proof.notAfter ?? 0) + 1 })],
    ["no end claimed", change({ notAfter: null })],
    ["the number of claims changed", change({ claimCount: proof.claimCount + 1 })],
    ["a claim at another's position", change({ disclosed })],
    ["a claim left out", change({ disclosed: proof.disclosed.slice(1) })],
    [
      "a position past the last claim",
      change({
        disclosed: proof.disclosed.map((claim) => ({ ...claim, position: claim.position + 200 })),
      }),
    ],
    ["the other hash suite", change({ suite: 2 })],
  ])("says ROOT_MISMATCH: %s", (_, changes) => {
    const unaltered = judge(qrOf(bearerWire(proof)), EASY);
    expect(unaltered.verdict).toBe("accepted");
    const verdict = judge(qrOf(bearerWire({ ...proof, ...changes })), EASY);
    expect(outcomesOf(verdict).integrity).toBe("ROOT_MISMATCH");
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: false });
  });

  it("says ROOT_MISMATCH for a file whose holder, number, dates or path were changed", () => {
    const alterations = [
      { holder: null },
      { holder: `0x${"11".repeat(32)}` },
      { notBefore: "2025-12-31T00:00:00Z" },
      { notAfter: null },
      { batch: { ...jsonOf(keyed).batch, index: 2 } },
      { batch: { ...jsonOf(keyed).batch, path: [] } },
    ];
    for (const alteration of alterations) {
      const verdict = judge({ certificate: { ...jsonOf(keyed), ...alteration } }, PLAIN);
      expect(outcomesOf(verdict).integrity).toBe("ROOT_MISMATCH");
    }
  });
});
