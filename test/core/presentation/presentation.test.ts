import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { concatBytes } from "../../../src/core/encoding/bytes.ts";
import type { CborValue } from "../../../src/core/encoding/cbor.ts";
import { Tagged, decodeCbor, encodeCbor } from "../../../src/core/encoding/cbor.ts";
import { keyToCbor } from "../../../src/core/presentation/cose.ts";
import {
  MAX_NONCE_BYTES,
  decodePresentation,
} from "../../../src/core/presentation/presentation.ts";
import { NOW, sanyaDocumentKey } from "../../support/ledger-story.ts";
import { bearerWire, bindingFor, proofOf, signPayload, signedWire } from "../../support/present.ts";
import { seededBytes } from "../../support/seeded.ts";
import { COUNTER, holder, usualCase } from "../../support/usual-case.ts";

const primitives = await loadPrimitives();
const { keyed, bearer } = usualCase(primitives);
const proof = proofOf(primitives, bearer);
const usual = decodeCbor(bearerWire(proof)) as ReadonlyMap<number, CborValue>;
const cnf = new Map([[1, keyToCbor(holder.publicKey)]]);

type Change = (map: Map<CborValue, CborValue>) => unknown;

function altered(change: Change): Uint8Array {
  const map = new Map<CborValue, CborValue>(usual);
  change(map);
  return encodeCbor(map as ReadonlyMap<number, CborValue>);
}

describe("a presentation", () => {
  it("is read as it was written, by a bearer with nothing but the proof", () => {
    expect(decodePresentation(bearerWire(proof))).toEqual({ proof });
  });

  it("is read as it was written, signed and with all that it can hold", () => {
    const content = {
      proof: proofOf(primitives, keyed),
      audience: COUNTER,
      issuedAt: NOW,
      expiresAt: NOW + 60,
      nonce: seededBytes("nonce", MAX_NONCE_BYTES),
      holderKey: holder.publicKey,
    };
    const binding = bindingFor(bearer, holder, sanyaDocumentKey);
    const decoded = decodePresentation(signedWire(content.proof, holder, { ...content, binding }));
    expect(decoded).toMatchObject(content);
    expect(decoded.binding?.index).toBe(3);
    expect(decoded.sign1?.signature).toHaveLength(64);
  });

  it.each<[string, Change]>([
    ["a time without an end", (map) => map.set(6, NOW)],
    ["an end without a time", (map) => map.set(4, NOW)],
    ["a time as text", (map) => map.set(6, "now").set(4, NOW)],
    ["an end before 1970", (map) => map.set(6, NOW).set(4, -1)],
    ["a counter that is no text", (map) => map.set(3, 7)],
    ["a counter's name of 129 characters", (map) => map.set(3, "窗".repeat(129))],
    ["a challenge that is text", (map) => map.set(10, "nonce")],
    ["a challenge of 65 bytes", (map) => map.set(10, new Uint8Array(65))],
    ["a binding that is not bytes", (map) => map.set(-65538, new Map())],
    ["a binding that is not one", (map) => map.set(-65538, new Uint8Array(3))],
    ["a holder's key without a signature", (map) => map.set(8, cnf)],
    ["no proof", (map) => map.clear()],
  ])("is MALFORMED with %s", (_, change) => {
    expect(() => decodePresentation(altered(change))).toThrow(
      expect.objectContaining({ code: "MALFORMED" }),
    );
  });

  it.each<[string, Change]>([
    ["a CWT claim that the protocol does not use", (map) => map.set(1, "issuer")],
    ["a label of a later version", (map) => map.set(-65540, 1)],
    ["a label that is text", (map) => map.set("aud", COUNTER)],
  ])("is of an UNSUPPORTED_VERSION with %s", (_, change) => {
    expect(() => decodePresentation(altered(change))).toThrow(
      expect.objectContaining({ code: "UNSUPPORTED_VERSION" }),
    );
  });

  it("takes a counter's name of 128 characters", () => {
    expect(
      decodePresentation(altered((map) => map.set(3, "窗".repeat(128)))).audience,
    ).toHaveLength(128);
  });

  it.each<[string, Uint8Array]>([
    ["without a holder's key", altered((map) => map.set(6, NOW).set(4, NOW))],
    ["without times", altered((map) => map.set(8, cnf))],
    ["over a list", encodeCbor([1])],
    ["over another signed message", encodeCbor(new Tagged(18, []))],
  ])("is MALFORMED when signed %s", (_, payload) => {
    expect(() => decodePresentation(signPayload(payload, holder))).toThrow(
      expect.objectContaining({ code: "MALFORMED" }),
    );
  });

  it("is MALFORMED when it is no map, or has bytes after its end", () => {
    for (const bytes of [
      encodeCbor("x"),
      encodeCbor([]),
      concatBytes(bearerWire(proof), Uint8Array.of(0)),
    ]) {
      expect(() => decodePresentation(bytes)).toThrow(
        expect.objectContaining({ code: "MALFORMED" }),
      );
    }
  });
});
