import { describe, expect, it } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { DEFINITION_FAULTS } from "../../../src/core/catalogue/definition-faults.ts";
import { DEFINITION_SCHEMA } from "../../../src/core/catalogue/definition-schema.ts";
import { parseCertificateType } from "../../../src/core/catalogue/parse-certificate-type.ts";
import { exampleDefinition } from "./example-type.ts";

type Json = Record<string, unknown>;

/** `CODE place` of each fault of the example after a change. */
function faultsAfter(change: (definition: Json, schema: Json, claims: Json[]) => void): string[] {
  const definition = exampleDefinition();
  change(definition, definition["schema"] as Json, definition["claims"] as Json[]);
  const parsed = parseCertificateType(definition);
  return parsed.ok ? [] : parsed.faults.map(({ code, place }) => `${code} ${place}`);
}

describe("the schema of definitions", () => {
  it("is a JSON Schema, which nothing checks when it is compiled", () => {
    const ajv = new Ajv2020();
    expect([ajv.validateSchema(DEFINITION_SCHEMA), ajv.errors]).toEqual([true, null]);
  });
});

describe("a definition in the catalogue", () => {
  it("is accepted when codes, schema and descriptions fit each other", () => {
    expect(faultsAfter(() => undefined)).toEqual([]);
  });

  it.each<[string, unknown]>([
    ["no object", 5],
    ["an empty object", {}],
    ["version 0", { ...exampleDefinition(), version: 0 }],
    ["an unknown member", { ...exampleDefinition(), colour: "red" }],
    ["an unknown validity", { ...exampleDefinition(), validity: { kind: "forever" } }],
  ])("says DEFINITION_SHAPE for %s", (_what, json) => {
    const parsed = parseCertificateType(json);
    expect(parsed.ok ? [] : parsed.faults.map(({ code }) => code)).toContain("DEFINITION_SHAPE");
  });

  it("names the member that should not be there", () => {
    const parsed = parseCertificateType({ ...exampleDefinition(), colour: "red" });
    expect(parsed).toMatchObject({
      faults: [{ place: "", en: expect.stringContaining("colour") }],
    });
  });

  it.each<[string, Json]>([
    ["text without a longest length", { type: "string" }],
    ["a number without limits", { type: "integer" }],
    ["fractions", { type: "number" }],
    ["a pattern that is no expression", { type: "string", maxLength: 9, pattern: "(" }],
    ["an unknown format", { type: "string", maxLength: 9, format: "email" }],
    ["a list of lists", { type: "array", maxItems: 2, items: { type: "array" } }],
    ["a map that allows other members", { type: "object", properties: {}, required: [] }],
  ])("says DEFINITION_SHAPE for a field with %s", (_what, field) => {
    const faults = faultsAfter((_definition, schema) => {
      (schema["properties"] as Json)["kind"] = field;
    });
    expect(faults[0]).toMatch(/^DEFINITION_SHAPE schema\.properties\.kind/);
  });

  it("says DEFINITION_CODE, DEFINITION_REGION and DEFINITION_AUTHORITY for wrong codes", () => {
    const faults = faultsAfter((definition) => {
      definition["code"] = "11100000MB1A90018A099";
      definition["region"] = "999999";
    });
    expect(faults).toEqual([
      "DEFINITION_CODE code",
      "DEFINITION_REGION region",
      "DEFINITION_AUTHORITY definingAuthority.code",
    ]);
  });

  it("says CLAIM_NOT_DESCRIBED, CLAIM_NOT_IN_SCHEMA and CLAIM_TWICE", () => {
    const faults = faultsAfter((_definition, _schema, claims) => {
      const [first, second] = claims as [Json, Json];
      first["name"] = "toString";
      claims.push({ ...second });
    });
    expect(faults).toEqual([
      "CLAIM_NOT_DESCRIBED claims.holderName",
      "CLAIM_TWICE claims.holderIdNumber",
      "CLAIM_NOT_IN_SCHEMA claims.toString",
    ]);
  });

  it("looks into the parts of maps and of lists of maps", () => {
    const faults = faultsAfter((_definition, _schema, claims) => {
      const owners = claims.find(({ name }) => name === "owners") as Json;
      (owners["parts"] as Json[]).pop();
      delete (claims.find(({ name }) => name === "contact") as Json)["parts"];
    });
    expect(faults).toEqual([
      "CLAIM_NOT_DESCRIBED claims.owners.ownerCode",
      "CLAIM_NOT_DESCRIBED claims.contact.phone",
    ]);
  });

  it("says CLAIM_NOT_REQUIRED where a claim that others rely on may be absent", () => {
    const faults = faultsAfter((definition) => {
      definition["alwaysDisclosed"] = ["kind"];
      definition["numberClaim"] = "points";
    });
    expect(faults).toEqual(["CLAIM_NOT_REQUIRED kind", "CLAIM_NOT_REQUIRED points"]);
  });

  it("says CLAIM_NOT_A_DATE where the validity stands on something else", () => {
    const faults = faultsAfter((definition) => {
      definition["validity"] = { kind: "permanent", from: "number" };
    });
    expect(faults).toEqual(["CLAIM_NOT_A_DATE number"]);
  });

  it.each(Object.entries(DEFINITION_FAULTS))(
    "has words for %s in both languages",
    (_code, words) => {
      expect(words.zh).toMatch(/\p{Script=Han}/u);
      expect(words.en).toMatch(/^[\x20-\x7e]{10,}$/);
    },
  );
});
