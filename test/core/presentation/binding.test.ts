import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import type { CborValue } from "../../../src/core/encoding/cbor.ts";
import { decodeCbor, encodeCbor } from "../../../src/core/encoding/cbor.ts";
import { decodeBinding, encodeBindingContent } from "../../../src/core/presentation/binding.ts";
import type { Grant } from "../../../src/core/presentation/grant.ts";
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

  describe("with a grant", () => {
    const grant: Grant = {
      delegate: "李兰",
      reason: "relative",
      matters: ["330100-MZ-0101"],
      grantor: null,
    };

    it.each([
      ["with the holder's name", { ...grant, grantor: "王小明" }],
      ["without the holder's name", grant],
      [
        "of sixteen matters",
        { ...grant, matters: Array.from({ length: 16 }, (_, i) => `M${String(i)}`) },
      ],
      [
        "of an agent with a long name",
        { ...grant, reason: "agent" as const, delegate: "阿".repeat(50) },
      ],
    ])("is read as it was written %s", (_, written) => {
      const bytes = bindingFor(bearer, holder, sanyaDocumentKey, { grant: written });
      expect(decodeBinding(bytes, "binding").grant).toEqual(written);
    });

    it.each<[string, CborValue]>([
      ["that is no map", "李兰"],
      ["without matters", grantMap([1, "李兰"], [2, "relative"])],
      [
        "with a fifth member",
        grantMap([1, "李兰"], [2, "relative"], [3, ["M"]], [4, "王"], [5, 1]),
      ],
      ["with an unknown member", grantMap([1, "李兰"], [2, "relative"], [3, ["M"]], [5, "王"])],
      ["of nobody", grantMap([1, " "], [2, "relative"], [3, ["M"]])],
      ["of a number", grantMap([1, 7], [2, "relative"], [3, ["M"]])],
      ["of a name past 50 characters", grantMap([1, "阿".repeat(51)], [2, "relative"], [3, ["M"]])],
      [
        "of a name with a mark of direction",
        grantMap([1, "李\u202e兰"], [2, "relative"], [3, ["M"]]),
      ],
      ["of a name on two lines", grantMap([1, "李\n兰"], [2, "relative"], [3, ["M"]])],
      ["of a name that is not in NFC", grantMap([1, "e\u0301"], [2, "relative"], [3, ["M"]])],
      ["for no reason known", grantMap([1, "李兰"], [2, "friend"], [3, ["M"]])],
      ["for no matter", grantMap([1, "李兰"], [2, "relative"], [3, []])],
      ["for one matter twice", grantMap([1, "李兰"], [2, "relative"], [3, ["M", "M"]])],
      [
        "for seventeen matters",
        grantMap([1, "李兰"], [2, "relative"], [3, [..."ABCDEFGHIJKLMNOPQ"]]),
      ],
      ["for a text in place of matters", grantMap([1, "李兰"], [2, "relative"], [3, "M"])],
      ["from a number", grantMap([1, "李兰"], [2, "relative"], [3, ["M"]], [4, 4])],
    ])("is refused %s", (_, value) => {
      expect(decodeAltered((map) => map.set(-65540, value))).toThrow(
        expect.objectContaining({ code: "MALFORMED" }),
      );
    });
  });
});

function grantMap(...members: [number, CborValue][]): CborValue {
  return new Map(members);
}
