import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import type { CborValue } from "../../../src/core/encoding/cbor.ts";
import { decodeCbor, encodeCbor } from "../../../src/core/encoding/cbor.ts";
import { decodeBinding, encodeBindingContent } from "../../../src/core/presentation/binding.ts";
import { keyToCbor } from "../../../src/core/presentation/cose.ts";
import { NOW, SANYA } from "../../support/ledger-story.ts";
import { bindingFor, signPayload } from "../../support/present.ts";
import { holder, usualCase } from "../../support/usual-case.ts";
import { sanyaDocumentKey } from "../../support/ledger-story.ts";

const { bearer } = usualCase(await loadPrimitives());
const content = {
  agency: SANYA.code,
  root: bearer.batch.root,
  index: 3,
  key: holder.publicKey,
  issuedAt: NOW,
  expiresAt: NOW + 60,
};
const usual = decodeCbor(encodeBindingContent(content)) as ReadonlyMap<number, CborValue>;

function decodeAltered(change: (map: Map<number, CborValue>) => unknown) {
  const map = new Map(usual);
  change(map);
  return () => decodeBinding(signPayload(encodeCbor(map), sanyaDocumentKey), "binding");
}

describe("a binding", () => {
  it("is read as it was written", () => {
    const bytes = bindingFor(bearer, holder, sanyaDocumentKey, content);
    expect(decodeBinding(bytes, "binding")).toMatchObject(content);
  });

  it.each<[string, (map: Map<number, CborValue>) => unknown]>([
    ["with a sixth member", (map) => map.set(10, 1)],
    ["without its end", (map) => map.delete(4)],
    ["with an unknown member in place of its end", (map) => map.delete(4) && map.set(5, NOW)],
    ["with an end as text", (map) => map.set(4, "2026")],
    ["with a beginning before 1970", (map) => map.set(6, -1)],
    ["with an agency that is no text", (map) => map.set(1, 18)],
    ["with a certificate that is no list", (map) => map.set(-65539, "x")],
    ["with a certificate of three members", (map) => map.set(-65539, [content.root, 3, 4])],
    ["with a root as text", (map) => map.set(-65539, ["x", 3])],
    ["with half a root", (map) => map.set(-65539, [new Uint8Array(16), 3])],
    ["with a number below zero", (map) => map.set(-65539, [content.root, -3])],
    ["with a key that is no map", (map) => map.set(8, "key")],
    [
      "with two keys",
      (map) =>
        map.set(
          8,
          new Map<number, CborValue>([
            [1, keyToCbor(holder.publicKey)],
            [2, "kid"],
          ]),
        ),
    ],
    [
      "with a key under another label",
      (map) => map.set(8, new Map([[3, keyToCbor(holder.publicKey)]])),
    ],
  ])("is MALFORMED %s", (_, change) => {
    expect(decodeAltered(change)).toThrow(expect.objectContaining({ code: "MALFORMED" }));
  });

  it("is MALFORMED where the signed content is no map", () => {
    const bytes = signPayload(encodeCbor([1, 2, 3, 4, 5]), sanyaDocumentKey);
    expect(() => decodeBinding(bytes, "binding")).toThrow("binding: no binding");
  });
});
