import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../../src/adapters/hashing/primitives.ts";
import type { BindingContent } from "../../../../src/core/presentation/binding.ts";
import type { Grant } from "../../../../src/core/presentation/grant.ts";
import { encodePresentationContent } from "../../../../src/core/presentation/presentation.ts";
import { encodeSign1, sign1Message } from "../../../../src/core/presentation/cose.ts";
import type { ToldEvent } from "../../../support/ledger-story.ts";
import {
  DAY,
  HANGZHOU,
  NOW,
  SANYA,
  SANYA_KEY_ID,
  keyAdded,
  sanyaDocumentKey,
} from "../../../support/ledger-story.ts";
import { certificateAt } from "../../../support/certificate-batch.ts";
import { allPassBut, detailOf, outcomesOf } from "../../../support/outcomes.ts";
import { bindingFor, fileOf, proofOf, qrOf, signedWire } from "../../../support/present.ts";
import { seededKey, seededSm2Key } from "../../../support/seeded.ts";
import {
  CHALLENGE,
  COUNTER,
  PLAIN,
  STRICT,
  holder,
  stranger,
  usualCase,
} from "../../../support/usual-case.ts";

const primitives = await loadPrimitives();
const usual = usualCase(primitives);
const SECOND_KEY_ID = `0x${"4c".repeat(32)}`;
const answer = { audience: COUNTER, nonce: CHALLENGE };

/** A code of the bearer certificate, signed by `key`, with that binding. */
function boundBy(binding: Uint8Array, key = holder) {
  return qrOf(signedWire(proofOf(primitives, usual.bearer), key, { ...answer, binding }));
}

describe("the holder check", () => {
  it("passes for a key in the leaf and for a key that the agency bound", () => {
    expect(outcomesOf(usual.judge(usual.signed(), STRICT))).toEqual(allPassBut({}));
    expect(outcomesOf(usual.judge(usual.bound(), STRICT))).toEqual(allPassBut({}));
  });

  it("says SIGNATURE_INVALID for a signature by another key", () => {
    const payload = encodePresentationContent({
      proof: proofOf(primitives, usual.keyed),
      issuedAt: NOW,
      expiresAt: NOW + 60,
      holderKey: holder.publicKey,
      ...answer,
    });
    const signature = stranger.sign(sign1Message(payload));
    const verdict = usual.judge(qrOf(encodeSign1({ payload, signature })), STRICT);
    expect(outcomesOf(verdict)).toEqual(allPassBut({ holder: "SIGNATURE_INVALID" }));
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: false, usable: false });
  });

  it("says HOLDER_MISMATCH for a bearer certificate that somebody signed without a binding", () => {
    const wire = signedWire(proofOf(primitives, usual.bearer), stranger, answer);
    const verdict = usual.judge(qrOf(wire), STRICT);
    expect(outcomesOf(verdict)).toEqual(allPassBut({ holder: "HOLDER_MISMATCH" }));
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: false, usable: false });
  });

  it.each([
    ["coordinate x", { x: stranger.publicKey.x, y: holder.publicKey.y }],
    ["coordinate y", { x: holder.publicKey.x, y: stranger.publicKey.y }],
  ])("says HOLDER_MISMATCH for a binding that is for another key, by its %s", (_, key) => {
    const verdict = usual.judge(usual.bound({ key }), STRICT);
    expect(outcomesOf(verdict)).toEqual(allPassBut({ holder: "HOLDER_MISMATCH" }));
    expect(detailOf(verdict, "holder")).toBe("the binding is for another key");
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: false, usable: false });
  });

  it("says HOLDER_MISMATCH for somebody who copied the holder's binding", () => {
    const copied = bindingFor(usual.bearer, holder, sanyaDocumentKey);
    const verdict = usual.judge(boundBy(copied, stranger), STRICT);
    expect(outcomesOf(verdict)).toEqual(allPassBut({ holder: "HOLDER_MISMATCH" }));
  });

  it.each([
    ["agency", { agency: HANGZHOU.code }],
    ["batch", { root: new Uint8Array(32) }],
    ["number", { index: 4 }],
  ])("says BINDING_INVALID for a binding of a certificate of another %s", (_, changes) => {
    const verdict = usual.judge(usual.bound(changes), STRICT);
    expect(outcomesOf(verdict)).toEqual(allPassBut({ holder: "BINDING_INVALID" }));
    expect(detailOf(verdict, "holder")).toBe("it is for another certificate");
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: false, usable: false });
  });

  it.each([
    [
      "lives a second longer than 30 days",
      { expiresAt: NOW + 29 * DAY + 1 },
      "longer than 30 days",
    ],
    ["begins in the future", { issuedAt: NOW + 31, expiresAt: NOW + DAY }, "in the future"],
    ["ends before it begins", { issuedAt: NOW + 99 * DAY, expiresAt: NOW + DAY }, "in the future"],
  ])("says BINDING_INVALID for a binding that %s", (_, changes, detail) => {
    const verdict = usual.judge(usual.bound(changes), STRICT);
    expect(outcomesOf(verdict)).toEqual(allPassBut({ holder: "BINDING_INVALID" }));
    expect(detailOf(verdict, "holder")).toContain(detail);
  });

  it.each([
    ["of exactly 30 days", { expiresAt: NOW + 29 * DAY }],
    ["made by a clock half a minute ahead", { issuedAt: NOW + 30 }],
    ["in its last second", { expiresAt: NOW + 1 }],
  ])("passes a binding %s", (_, changes) => {
    expect(usual.judge(usual.bound(changes), STRICT).verdict).toBe("accepted");
  });

  it("says BINDING_INVALID for a binding that no key of the agency signed", () => {
    const verdict = usual.judge(usual.bound({}, stranger), STRICT);
    expect(outcomesOf(verdict)).toEqual(allPassBut({ holder: "BINDING_INVALID" }));
    expect(detailOf(verdict, "holder")).toBe("no trusted key of the agency signed it");
  });

  it("says BINDING_INVALID for every binding of a key that is distrusted since, whatever its date", () => {
    const distrusted: ToldEvent = {
      kind: "DocumentKeyDistrusted",
      agency: SANYA.code,
      keyId: SANYA_KEY_ID,
    };
    const { story, judge, bound } = usualCase(primitives);
    story.at(NOW).tell(distrusted);
    expect(outcomesOf(judge(bound(), STRICT))).toEqual(allPassBut({ holder: "BINDING_INVALID" }));
  });

  it("accepts those bindings again once the distrust is lifted, and tells both as known then", () => {
    const { story, judge, bound } = usualCase(primitives);
    const key = { agency: SANYA.code, keyId: SANYA_KEY_ID };
    story.at(NOW - 2 * DAY).tell({ kind: "DocumentKeyDistrusted", ...key });
    story.at(NOW - DAY).tell({ kind: "DocumentKeyDistrustLifted", ...key });
    const asKnown = (asKnownAt: number) =>
      outcomesOf(judge(bound(), { ...STRICT, asKnownAt })).holder;
    expect([NOW - 2 * DAY - 1, NOW - 2 * DAY, NOW - DAY].map(asKnown)).toEqual([
      "pass",
      "BINDING_INVALID",
      "pass",
    ]);
    expect(judge(bound(), STRICT).verdict).toBe("accepted");
  });

  it("accepts a binding signed with SM2 and the default identity, and no other", () => {
    const { story, judge, bound } = usualCase(primitives);
    const key = seededSm2Key("SM2 document key");
    expect(outcomesOf(judge(bound({}, key), STRICT)).holder).toBe("BINDING_INVALID");
    story.tell(keyAdded(key.publicKey, { keyId: SECOND_KEY_ID, algorithm: "SM2" }));
    expect(outcomesOf(judge(bound({}, key), STRICT))).toEqual(allPassBut({}));
    expect(outcomesOf(judge(bound(), STRICT))).toEqual(allPassBut({}));
    const otherIdentity = seededSm2Key("SM2 document key", "三亚市民政局");
    expect(outcomesOf(judge(bound({}, otherIdentity), STRICT)).holder).toBe("BINDING_INVALID");
    const other = seededSm2Key("SM2 key of somebody else");
    expect(outcomesOf(judge(bound({}, other), STRICT)).holder).toBe("BINDING_INVALID");
  });

  it("lets no signature say another algorithm than its key's on the chain", () => {
    const { story, judge, bound } = usualCase(primitives);
    const key = seededSm2Key("SM2 document key");
    story.tell(keyAdded(key.publicKey, { keyId: SECOND_KEY_ID, algorithm: "P-256" }));
    expect(outcomesOf(judge(bound({}, key), STRICT)).holder).toBe("BINDING_INVALID");
    const relabelled = { ...sanyaDocumentKey, algorithm: "SM2" } as const;
    expect(outcomesOf(judge(bound({}, relabelled), STRICT)).holder).toBe("BINDING_INVALID");
  });

  it("takes no holder's signature with SM2: presentations are ES256", () => {
    const wire = signedWire(proofOf(primitives, usual.keyed), seededSm2Key("phone"), answer);
    expect(outcomesOf(usual.judge(qrOf(wire), STRICT)).format).toBe("MALFORMED");
  });

  it("accepts a binding of any of the agency's keys, within that key's own dates", () => {
    const { story, judge, bound } = usualCase(primitives);
    const second = seededKey("second document key");
    const window = { validFrom: NOW - DAY, validUntil: NOW };
    story.tell(keyAdded(second.publicKey, { keyId: SECOND_KEY_ID, ...window }));
    expect(judge(bound({}, second), STRICT).verdict).toBe("accepted");
    const early = judge(bound({ issuedAt: NOW - DAY - 1 }, second), STRICT);
    expect(outcomesOf(early).holder).toBe("BINDING_INVALID");
    const late = judge(bound({ issuedAt: NOW }, second), STRICT);
    expect(outcomesOf(late).holder).toBe("BINDING_INVALID");
  });

  it("says BINDING_EXPIRED from the second a binding ends", () => {
    const verdict = usual.judge(usual.bound({ expiresAt: NOW }), STRICT);
    expect(outcomesOf(verdict)).toEqual(allPassBut({ holder: "BINDING_EXPIRED" }));
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: false, usable: false });
  });

  it.each([
    ["somebody else's key", stranger],
    ["the same key", holder],
  ])("takes no binding of %s for a certificate that has a key in its leaf", (_, key) => {
    const binding = bindingFor(usual.keyed, key, sanyaDocumentKey);
    const wire = signedWire(proofOf(primitives, usual.keyed), key, { ...answer, binding });
    expect(outcomesOf(usual.judge(qrOf(wire), STRICT)).integrity).toBe("ROOT_MISMATCH");
  });

  it("says can't tell for a binding where the chain can't be reached or is old", () => {
    const unreached = usual.judge(usual.bound(), STRICT, null);
    expect(outcomesOf(unreached).holder).toBe("unknown: CHAIN_STALE");
    expect(unreached.verdict).toBe("indeterminate");
    const old = usual.judge(usual.bound({}, stranger), STRICT, usual.story.view(NOW - 7200));
    expect(outcomesOf(old).holder).toBe("unknown: CHAIN_STALE");
    expect(detailOf(old, "holder")).toContain("last known: BINDING_INVALID");
    expect(old.verdict).toBe("indeterminate");
  });

  it.each([
    ["a printed code", usual.printed()],
    ["a file", fileOf(certificateAt(usual.batch, 0))],
  ])("says HOLDER_PROOF_REQUIRED, not forged, for %s where proof is demanded", (_, given) => {
    const verdict = usual.judge(given, { ...PLAIN, requiresHolder: true });
    expect(outcomesOf(verdict)).toEqual(
      allPassBut({ holder: "HOLDER_PROOF_REQUIRED", freshness: "not asked" }),
    );
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: true, usable: false });
  });

  it("asks for no holder where the counter compares the person itself", () => {
    const verdict = usual.judge(usual.printed(), { ...PLAIN, requiresHolder: false });
    expect(outcomesOf(verdict).holder).toBe("not asked");
    expect(verdict).toMatchObject({ verdict: "accepted", authentic: true, usable: true });
  });

  describe("of a delegate", () => {
    const MATTER = "330100-MZ-0101";
    const grant: Grant = {
      delegate: "李兰",
      reason: "relative",
      matters: [MATTER, "330100-MZ-0102"],
      grantor: "王小明",
    };
    const forADay = { issuedAt: NOW - 60, expiresAt: NOW - 60 + DAY };
    const anyMatter = STRICT;

    function delegated(changes: Partial<BindingContent> = {}, documentKey = sanyaDocumentKey) {
      const content = { ...forADay, grant, ...changes };
      return boundBy(bindingFor(usual.bearer, stranger, documentKey, content), stranger);
    }

    it.each([
      ["the matter's code", { purpose: MATTER }],
      ["a name of that matter", { purpose: "婚姻登记", serviceItem: MATTER }],
    ])("passes for %s, and says who shows it", (_, asked) => {
      const verdict = usual.judge(delegated(), { ...anyMatter, ...asked });
      expect(verdict).toMatchObject({ verdict: "accepted", certificate: { delegate: grant } });
    });

    it.each([
      ["another matter", { purpose: "330100-MZ-0999" }],
      ["no matter at all", {}],
      ["a name that is none of them", { purpose: "婚姻登记", serviceItem: "330100-MZ-0999" }],
    ])("says GRANT_NOT_FOR_PURPOSE for %s, and nothing against the certificate", (_, asked) => {
      const verdict = usual.judge(delegated(), { ...anyMatter, ...asked });
      expect(outcomesOf(verdict)).toMatchObject({ holder: "GRANT_NOT_FOR_PURPOSE" });
      expect(detailOf(verdict, "holder")).toBe(`it is for ${MATTER}, 330100-MZ-0102`);
      expect(verdict).toMatchObject({ verdict: "rejected", authentic: true, usable: false });
      expect(verdict).toMatchObject({ certificate: { delegate: grant } });
    });

    it.each([
      ["lives longer than a day", { expiresAt: NOW - 59 + DAY }, "BINDING_INVALID"],
      ["has run out", { issuedAt: NOW - DAY, expiresAt: NOW }, "BINDING_EXPIRED"],
      ["is for another key", { key: holder.publicKey }, "HOLDER_MISMATCH"],
    ])("says nothing of a delegate where the binding %s", (_, changes, code) => {
      const verdict = usual.judge(delegated(changes), { ...anyMatter, purpose: MATTER });
      expect(outcomesOf(verdict)).toMatchObject({ holder: code });
      expect(verdict).toMatchObject({ authentic: false, certificate: { delegate: null } });
    });

    it("says BINDING_INVALID for a grant that somebody wrote himself", () => {
      const verdict = usual.judge(delegated({}, stranger), { ...anyMatter, purpose: MATTER });
      expect(outcomesOf(verdict)).toMatchObject({ holder: "BINDING_INVALID" });
      expect(verdict.certificate?.delegate).toBeNull();
    });

    it("tells no delegate where the holder shows it", () => {
      expect(usual.judge(usual.bound(), STRICT).certificate?.delegate).toBeNull();
    });
  });
});
