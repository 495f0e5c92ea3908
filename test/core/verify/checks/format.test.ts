import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../../src/adapters/hashing/primitives.ts";
import { toPrintText } from "../../../../src/core/presentation/qr-text.ts";
import type { Given } from "../../../../src/core/verify/case.ts";
import { readGiven, replayKeyOf } from "../../../../src/core/verify/checks/format.ts";
import { CHECK_NAMES } from "../../../../src/core/verify/codes.ts";
import { NOW } from "../../../support/ledger-story.ts";
import { allPassBut, detailOf, outcomesOf } from "../../../support/outcomes.ts";
import { bearerWire, fileOf, jsonOf, proofOf, qrOf, signedWire } from "../../../support/present.ts";
import { PLAIN, STRICT, holder, usualCase } from "../../../support/usual-case.ts";

const usual = usualCase(await loadPrimitives());

/** Nothing can be said of what can't be read. */
function blockedBut(format: string) {
  const blocked = Object.fromEntries(CHECK_NAMES.map((name) => [name, "blocked"]));
  return { ...blocked, format };
}

describe("the format check", () => {
  it("passes a signed code, and with it every other check of the strictest counter", () => {
    const verdict = usual.judge(usual.signed(), STRICT);
    expect(outcomesOf(verdict)).toEqual(allPassBut({}));
    expect(verdict).toMatchObject({ verdict: "accepted", authentic: true, usable: true });
    expect(verdict.certificate?.claims.get("holderName")).toBe("王小明1");
    expect(verdict.certificate).toMatchObject({
      agency: { name: "三亚市民政局" },
      type: { name: "结婚证" },
    });
  });

  it("passes a printed code by its web address, without holder and time", () => {
    const wire = bearerWire(proofOf(usual.primitives, usual.bearer));
    const verdict = usual.judge({ qr: toPrintText(wire, "verify.example") }, PLAIN);
    expect(outcomesOf(verdict)).toEqual(
      allPassBut({ holder: "not asked", freshness: "not asked" }),
    );
    expect(verdict).toMatchObject({ verdict: "accepted", authentic: true, usable: true });
  });

  it.each([
    ["as JSON", fileOf(usual.keyed)],
    ["as text", { file: JSON.stringify(jsonOf(usual.keyed)) }],
  ])("passes a certificate file %s", (_, given) => {
    const verdict = usual.judge(given, PLAIN);
    expect(outcomesOf(verdict)).toEqual(
      allPassBut({ holder: "not asked", freshness: "not asked" }),
    );
    expect(verdict).toMatchObject({ verdict: "accepted", authentic: true, usable: true });
  });

  it.each([
    ["MALFORMED", "a code cut short", { qr: "LZ1:A" }],
    ["MALFORMED", "somebody else's code", { qr: "https://example.com/menu" }],
    ["MALFORMED", "a file cut short", { file: '{"format":"liangzheng/1"' }],
    ["MALFORMED", "a file that is no certificate", { certificate: { format: "liangzheng/1" } }],
    ["UNSUPPORTED_VERSION", "a code of a later version", { qr: "LZ2:00" }],
    ["UNSUPPORTED_VERSION", "a file of a later version", { certificate: { format: "x/2" } }],
    ["TOO_LARGE", "a file of 1,048,577 characters", { file: "[".repeat(1_048_577) }],
    ["TOO_LARGE", "a code of 4097 characters", { qr: `LZ1:${"0".repeat(4093)}` }],
  ])("says %s for %s, and nothing of the other checks", (code, _, given) => {
    const verdict = usual.judge(given, STRICT);
    expect(outcomesOf(verdict)).toEqual(blockedBut(code));
    expect(verdict).toMatchObject({
      verdict: "rejected",
      authentic: false,
      usable: false,
      certificate: null,
      recognition: null,
    });
    expect(detailOf(verdict, "format")).not.toBe("");
  });

  it("still reads a code of 4096 characters as far as it goes", () => {
    const verdict = usual.judge({ qr: `LZ1:${"0".repeat(4092)}` }, STRICT);
    expect(outcomesOf(verdict)).toEqual(blockedBut("MALFORMED"));
  });

  it("does not hide a fault of its own behind MALFORMED", () => {
    const broken = {
      get certificate(): unknown {
        throw new TypeError("a fault of ours");
      },
    };
    expect(() => usual.judge(broken, PLAIN)).toThrow("a fault of ours");
  });
});

describe("the key by which a code is known again", () => {
  const { primitives, keyed } = usual;
  const keyOf = (given: Given) => replayKeyOf(primitives, readGiven(given));
  const proof = proofOf(primitives, keyed);

  it("is the same for two signatures over the same content", () => {
    const [one, other] = [signedWire(proof, holder), signedWire(proof, holder)];
    expect(one).not.toEqual(other);
    expect(keyOf(qrOf(one))).toMatch(/^[0-9a-f]{64}$/);
    expect(keyOf(qrOf(one))).toBe(keyOf(qrOf(other)));
  });

  it("differs from second to second", () => {
    const later = signedWire(proof, holder, { issuedAt: NOW + 1 });
    const now = signedWire(proof, holder);
    expect(keyOf(qrOf(later))).not.toBe(keyOf(qrOf(now)));
  });

  it("is not there for a printed code, a file, or what can't be read", () => {
    expect(keyOf(usual.printed())).toBeNull();
    expect(keyOf(fileOf(keyed))).toBeNull();
    expect(keyOf({ qr: "" })).toBeNull();
  });
});
