import { describe, expect, it } from "@jest/globals";
import { issuerClaims } from "../../../src/core/catalogue/issuer-claims.ts";
import { operationType } from "../../support/good-rows.ts";
import { exampleType } from "./example-type.ts";

describe("claims that name the issuer by its code", () => {
  it("are the identifier, after OID and type, and the issuing body's code as it is", async () => {
    const type = await operationType();
    expect(issuerClaims(type)).toEqual([
      { name: "certificateIdentifier", before: `1.2.156.3005.2.${type.code}.`.length },
      { name: "issuingAuthorityCode", before: 0 },
    ]);
  });

  it("are not the codes of other bodies, nor a text in words", () => {
    expect(issuerClaims(exampleType()).map(({ name }) => name)).toEqual(["identifier"]);
  });

  it("are none that the schema does not have", async () => {
    const type = await operationType();
    const { certificateIdentifier: _, ...properties } = type.schema.properties;
    const without = { ...type, schema: { ...type.schema, properties } };
    expect(issuerClaims(without).map(({ name }) => name)).toEqual(["issuingAuthorityCode"]);
  });
});
