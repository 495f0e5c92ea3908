/** A type with a claim of every kind, for the tests of this folder. */
import type { CertificateType } from "../../../src/core/catalogue/certificate-type.ts";
import { parseCertificateType } from "../../../src/core/catalogue/parse-certificate-type.ts";

const AUTHORITY = "11100000MB1A90019A";

export function exampleDefinition(): Record<string, unknown> {
  return {
    code: `${AUTHORITY}099`,
    version: 1,
    names: { zh: "样例证", en: "Sample certificate" },
    definingAuthority: { code: AUTHORITY, zh: "样例机关", en: "Sample authority" },
    region: "0",
    holderType: "person",
    schema: {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      type: "object",
      properties: {
        holderName: { type: "string", minLength: 2, maxLength: 20 },
        holderIdNumber: { type: "string", format: "citizen-id", maxLength: 18 },
        number: { type: "string", pattern: "^A\\d{4}$", maxLength: 5 },
        kind: { type: "string", enum: ["甲", "乙"] },
        points: { type: "integer", minimum: 0, maximum: 12 },
        isLocal: { type: "boolean" },
        classes: {
          type: "array",
          items: { type: "string", enum: ["A", "B", "C"] },
          minItems: 1,
          maxItems: 2,
          uniqueItems: true,
        },
        owners: {
          type: "array",
          items: {
            type: "object",
            properties: {
              ownerName: { type: "string", maxLength: 20 },
              ownerCodeType: { type: "string", enum: ["001", "111", "414"] },
              ownerCode: { type: "string", format: "holder-code", maxLength: 32 },
            },
            required: ["ownerName", "ownerCodeType", "ownerCode"],
            additionalProperties: false,
          },
          maxItems: 3,
        },
        contact: {
          type: "object",
          properties: { phone: { type: "string", format: "phone", maxLength: 13 } },
          required: ["phone"],
          additionalProperties: false,
        },
        place: { type: "string", format: "region", maxLength: 6 },
        employer: { type: "string", format: "credit-code", maxLength: 18 },
        identifier: { type: "string", format: "certificate-identifier", maxLength: 96 },
        validFrom: { type: "string", format: "date", maxLength: 10 },
        validUntil: { type: ["string", "null"], format: "date", maxLength: 10 },
      },
      required: ["holderName", "holderIdNumber", "number", "validFrom", "validUntil"],
      additionalProperties: false,
    },
    claims: [
      claim("holderName", "personal", "name"),
      claim("holderIdNumber", "sensitive", "citizenId"),
      claim("number"),
      claim("kind"),
      claim("points"),
      claim("isLocal"),
      claim("classes"),
      {
        ...claim("owners", "personal"),
        parts: [
          claim("ownerName", "personal", "name"),
          claim("ownerCodeType"),
          claim("ownerCode", "sensitive", "citizenId"),
        ],
      },
      { ...claim("contact", "personal"), parts: [claim("phone", "personal", "phone")] },
      claim("place"),
      claim("employer"),
      claim("identifier", "personal", "all"),
      claim("validFrom"),
      claim("validUntil"),
    ],
    alwaysDisclosed: ["holderName"],
    numberClaim: "number",
    validity: { kind: "until", from: "validFrom", until: "validUntil" },
    provenance: { kind: "demo", note: "made for a test" },
  };
}

function claim(name: string, sensitivity = "public", mask = "none"): Record<string, unknown> {
  return { name, zh: `照面信息 ${name}`, en: `Claim ${name}`, sensitivity, mask };
}

export function exampleType(changes: Record<string, unknown> = {}): CertificateType {
  const parsed = parseCertificateType({ ...exampleDefinition(), ...changes });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.type;
}

/** A row of a table that fits the example type. */
export const EXAMPLE_ROW: Readonly<Record<string, string>> = {
  holderName: "张样例",
  holderIdNumber: "11010519491231002X",
  number: "A0001",
  validFrom: "2026-01-01",
  validUntil: "2031-12-31",
};
