import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import type { CborValue } from "../../../src/core/encoding/cbor.ts";
import { decodeCbor, encodeCbor } from "../../../src/core/encoding/cbor.ts";
import { claimCodeDigest } from "../../../src/core/holding/claim-code-digest.ts";
import type { HolderWish, WishKind } from "../../../src/core/holding/holder-request.ts";
import {
  decodeHolderRequest,
  openHolderRequest,
  signHolderRequest,
} from "../../../src/core/holding/holder-request.ts";
import { parseClaimCode } from "../../../src/core/identifiers/claim-code.ts";
import type { ClaimCodeText } from "../../../src/core/identifiers/claim-code.ts";
import { decodeSign1, encodeSign1 } from "../../../src/core/presentation/cose.ts";
import { decodePresentation } from "../../../src/core/presentation/presentation.ts";
import { NOW } from "../../support/ledger-story.ts";
import { proofOf, signPayload, signedWire } from "../../support/present.ts";
import { holder, stranger, usualCase } from "../../support/usual-case.ts";

const primitives = await loadPrimitives();
const AUDIENCE = "claim.sanya.example:8090";
const root = new Uint8Array(32).fill(7);
const order = {
  ...{ root, index: 3, delegate: "李兰", reason: "guardian" as const },
  ...{ matters: ["460200-MZ-0101"], claims: ["holderName"], until: NOW + 86_400 },
};
const WISHES: readonly HolderWish[] = [
  { kind: "claim", code: new Uint8Array(32).fill(1), deliveryKey: new Uint8Array(32).fill(2) },
  { kind: "binding", root, index: 3 },
  { kind: "delegation", order },
  { kind: "delegations" },
  { kind: "withdrawal", id: "0f".repeat(16) },
];

function signed(wish: HolderWish, changes: { audience?: string; issuedAt?: number } = {}) {
  const request = { audience: AUDIENCE, issuedAt: NOW, key: holder.publicKey, wish, ...changes };
  return signHolderRequest(request, (message) => holder.sign(message));
}

function open(bytes: Uint8Array, kind: WishKind = "delegations", now = NOW) {
  return openHolderRequest(primitives, bytes, { kind, audiences: ["other", AUDIENCE], now });
}

const malformed = expect.objectContaining({ code: "MALFORMED" });

describe("what a holder asks of an agency", () => {
  it.each(WISHES.map((wish) => [wish.kind, wish] as const))(
    "is read as it was signed: %s",
    async (kind, wish) => {
      const request = open(await signed(wish), kind);
      expect(request).toMatchObject({
        audience: AUDIENCE,
        issuedAt: NOW,
        key: holder.publicKey,
        wish,
      });
    },
  );

  it("is taken up to five minutes before and after, and no longer", async () => {
    const bytes = await signed({ kind: "delegations" });
    expect(open(bytes, "delegations", NOW + 300).issuedAt).toBe(NOW);
    expect(open(bytes, "delegations", NOW - 300).issuedAt).toBe(NOW);
    const stale = expect.objectContaining({ code: "HOLDER_REQUEST_STALE" });
    expect(() => open(bytes, "delegations", NOW + 301)).toThrow(stale);
    expect(() => open(bytes, "delegations", NOW - 301)).toThrow(stale);
  });

  it("is refused where it is for another endpoint, asks for another thing, or another key signed it", async () => {
    const invalid = expect.objectContaining({ code: "HOLDER_REQUEST_INVALID" });
    const elsewhere = await signed({ kind: "delegations" }, { audience: "claim.hangzhou.example" });
    expect(() => open(elsewhere)).toThrow(invalid);
    const bytes = await signed({ kind: "delegations" });
    expect(() => open(bytes, "withdrawal")).toThrow(invalid);
    const { payload } = decodeSign1(bytes, "request");
    expect(() => open(signPayload(payload, stranger))).toThrow(invalid);
  });

  it("can't be taken for a presentation, nor a presentation for it", async () => {
    const { bearer } = usualCase(primitives);
    const presentation = signedWire(proofOf(primitives, bearer), holder);
    expect(() => decodeHolderRequest(presentation)).toThrow(malformed);
    const request = await signed({ kind: "delegations" });
    expect(() => decodePresentation(request)).toThrow(
      expect.objectContaining({ code: "UNSUPPORTED_VERSION" }),
    );
  });

  it.each<[string, number, CborValue]>([
    ["an audience that is no text", 3, 7],
    ["an audience past 128 characters", 3, "a".repeat(129)],
    ["a time that is none", 6, "now"],
    ["a key that is none", 8, "key"],
    ["a wish that is no list", -65542, "claim"],
    ["no wish", -65542, []],
    ["a wish of no kind known", -65542, ["toString"]],
    ["a wish without a name", -65542, [1]],
    ["a claim without its key", -65542, ["claim", root]],
    ["a claim with half a hash", -65542, ["claim", new Uint8Array(16), root]],
    ["a claim with a text for a key", -65542, ["claim", root, "key"]],
    ["a binding without its number", -65542, ["binding", root]],
    ["a binding of half a root", -65542, ["binding", new Uint8Array(16), 1]],
    ["a binding of a negative number", -65542, ["binding", root, -1]],
    ["a list of something", -65542, ["delegations", 1]],
    ["a withdrawal of a number", -65542, ["withdrawal", 1]],
    ["a withdrawal of half an id", -65542, ["withdrawal", "0f"]],
    [
      "a delegation that is cut short",
      -65542,
      ["delegation", root, 3, "李兰", "agent", ["M"], ["c"]],
    ],
    [
      "a delegation without an end",
      -65542,
      ["delegation", root, 3, "李兰", "agent", ["M"], ["c"], "ever"],
    ],
    ["a delegation of no claims", -65542, ["delegation", root, 3, "李兰", "agent", ["M"], [], NOW]],
  ])("is refused with %s", async (_, label, value) => {
    const { payload } = decodeSign1(await signed({ kind: "delegations" }), "request");
    const map = new Map(decodeCbor(payload) as ReadonlyMap<number, CborValue>);
    const altered = encodeCbor(map.set(label, value));
    expect(() => decodeHolderRequest(signPayload(altered, holder))).toThrow(malformed);
  });

  it("is refused with a member more, and where it is no map", () => {
    const refused = [encodeCbor("request"), encodeCbor(new Map([[3, AUDIENCE]]))];
    for (const payload of refused) {
      expect(() => decodeHolderRequest(signPayload(payload, holder))).toThrow(malformed);
    }
  });

  it("ends in a FormatError for whatever bytes there are, never in another", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (payload) => {
        const bytes = encodeSign1({ payload, signature: new Uint8Array(64) });
        expect(() => decodeHolderRequest(bytes)).toThrow(malformed);
      }),
    );
  });

  it("names a claim code by its hash", () => {
    const code = parseClaimCode("0000-0000-0000-0000") as ClaimCodeText;
    expect(claimCodeDigest(primitives, code)).toEqual(
      primitives.sha256(new TextEncoder().encode("0".repeat(16))),
    );
  });
});
