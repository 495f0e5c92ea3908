import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { ClaimDefinition } from "../../../src/core/catalogue/certificate-type.ts";
import { HIDDEN } from "../../../src/core/catalogue/mask.ts";
import { maskClaim } from "../../../src/core/catalogue/mask-claim.ts";
import type { ClaimValue } from "../../../src/core/encoding/cbor.ts";
import type { TypeCode } from "../../../src/core/identifiers/type-code.ts";
import {
  ClaimDefinitions,
  personalClaims,
  tellClaims,
} from "../../../src/core/service-items/tell-claims.ts";
import type { ClaimRight } from "../../../src/core/service-items/tell-claims.ts";

const TYPE = "11100000MB1A90019A099" as TypeCode;

function claim(
  name: string,
  sensitivity: ClaimDefinition["sensitivity"],
  mask: ClaimDefinition["mask"],
): ClaimDefinition {
  return { name, zh: name, en: name, sensitivity, mask };
}

const claims = [
  claim("holderName", "personal", "name"),
  claim("holderIdNumber", "sensitive", "citizenId"),
  claim("employer", "personal", "none"),
  claim("issuedBy", "public", "none"),
];
const definitions = new ClaimDefinitions([
  { code: TYPE, version: 1, claims: claims.slice(0, 2) },
  { code: TYPE, version: 2, claims },
]);
const known = definitions.of(TYPE, 2);
const owners: ClaimDefinition = {
  ...claim("owners", "personal", "none"),
  parts: [claims[0] as never],
};

const disclosed = new Map<string, ClaimValue>([
  ["holderName", "王小明"],
  ["holderIdNumber", "11010519491231002X"],
  ["employer", "某公司"],
  ["issuedBy", "某局"],
  ["note", { secret: "x" }],
]);

const tell = (right: ClaimRight) => tellClaims(known, disclosed, right);

describe("what is told of a certificate's claims", () => {
  it("in full to who has a right to all of them", () => {
    expect(tell({ kind: "all" })).toEqual({ claims: Object.fromEntries(disclosed), masked: [] });
  });

  it("all but sensitive ones to a counter that is bound to no service item", () => {
    expect(tell({ kind: "notSensitive" })).toEqual({
      claims: { ...Object.fromEntries(disclosed), holderIdNumber: "110***********002X" },
      masked: ["holderIdNumber"],
    });
  });

  it("those that the service item names, the others masked as the catalogue says", () => {
    expect(tell({ kind: "named", names: ["holderIdNumber"] })).toEqual({
      claims: {
        holderName: "王*明",
        holderIdNumber: "11010519491231002X",
        employer: "某公司",
        issuedBy: "某局",
        note: HIDDEN,
      },
      masked: ["holderName", "note"],
    });
  });

  it("part by part where a claim is made of parts", () => {
    const byName = new Map([["owners", owners]]);
    const shown = new Map<string, ClaimValue>([["owners", [{ holderName: "王小明", share: 1 }]]]);
    expect(tellClaims(byName, shown, { kind: "named", names: [] })).toEqual({
      claims: { owners: [{ holderName: "王*明", share: HIDDEN }] },
      masked: ["owners"],
    });
  });

  it("of a type that the catalogue does not have, nothing that is not named", () => {
    const none = definitions.of("9".repeat(21), 1);
    expect(none.size + definitions.latest("9".repeat(21)).size).toBe(0);
    expect(personalClaims(none, disclosed.keys())).toEqual([...disclosed.keys()]);
    const { claims: told } = tellClaims(none, disclosed, { kind: "named", names: ["note"] });
    const { note, ...others } = told;
    expect(note).toEqual({ secret: "x" });
    expect(new Set(Object.values(others))).toEqual(new Set([HIDDEN]));
  });

  it("as the type's own version says, and by the latest where none is given", () => {
    expect(definitions.of(TYPE, 1).size).toBe(2);
    expect(definitions.latest(TYPE).size).toBe(4);
  });

  it("counts as personal whatever is not public", () => {
    expect(personalClaims(known, disclosed.keys())).toEqual([
      ...["holderName", "holderIdNumber", "employer", "note"],
    ]);
  });

  it("never in full what is neither public nor a right of who asks, whatever it says", () => {
    const names = ["holderName", "holderIdNumber", "employer", "issuedBy", "unknown", "__proto__"];
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string()));
    const asked = fc.uniqueArray(fc.constantFrom(...names));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), asked, (given, rights) => {
        const shown = new Map(Object.entries(given));
        const told = tellClaims(known, shown, { kind: "named", names: rights });
        for (const [name, original] of shown) {
          const definition = known.get(name);
          const isRight = definition?.sensitivity === "public" || rights.includes(name);
          const masked = definition === undefined ? HIDDEN : maskClaim(definition, original);
          expect(told.claims[name]).toEqual(isRight ? original : masked);
          const isWhole = isRight || definition?.mask === "none";
          expect(told.masked.includes(name)).toBe(!isWhole);
        }
      }),
    );
  });
});
