/** The meta-schema of a catalogue entry: JSON Schema (draft 2020-12) of `CertificateType`. */

import { FIELD_FORMATS } from "./check-format.ts";

const claimName = { type: "string", pattern: "^[a-z][A-Za-z0-9]{0,63}$" };
const words = { type: "string", minLength: 1, maxLength: 200 };
const count = { type: "integer", minimum: 0, maximum: 4096 };

function closed(properties: object, optional: readonly string[] = []): object {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: "object", properties, required, additionalProperties: false };
}

/** Only the case of the field's own type is looked into, so that faults name what is wrong with it. */
function byType(cases: Readonly<Record<string, object>>): object {
  const types = Object.keys(cases);
  return {
    type: "object",
    required: ["type"],
    properties: { type: { enum: types.flatMap((name) => [name, [name, "null"]]) } },
    allOf: types.map((name) => ({
      if: { required: ["type"], properties: { type: oneOrNull(name) } },
      then: cases[name],
    })),
  };
}

function oneOrNull(name: string): object {
  return { enum: [name, [name, "null"]] };
}

const text = closed(
  {
    type: oneOrNull("string"),
    format: { enum: FIELD_FORMATS },
    pattern: { type: "string", format: "regex", maxLength: 200 },
    minLength: count,
    maxLength: { ...count, minimum: 1 },
    examples: { type: "array", items: words, minItems: 1, maxItems: 20 },
  },
  ["format", "pattern", "minLength", "examples"],
);
const choice = closed({
  type: { const: "string" },
  enum: { type: "array", items: words, minItems: 1, maxItems: 200, uniqueItems: true },
});
const integer = closed({
  type: oneOrNull("integer"),
  minimum: { type: "integer" },
  maximum: { type: "integer" },
});
const truth = closed({ type: oneOrNull("boolean") });
const textOrChoice = { if: { required: ["enum"] }, then: choice, else: text };

/** What occurs in several places is compiled once, and each command that reads the catalogue compiles it. */
const shared = (name: "claim" | "integer" | "map" | "text" | "truth"): object => ({
  $ref: `#/$defs/${name}`,
});
const scalars = { string: shared("text"), integer: shared("integer"), boolean: shared("truth") };
const fields = (field: object) => ({
  type: "object",
  propertyNames: claimName,
  minProperties: 1,
  maxProperties: 256,
  additionalProperties: field,
});
const names = { type: "array", items: claimName, maxItems: 256, uniqueItems: true };
const map = closed({
  type: { const: "object" },
  properties: fields(byType(scalars)),
  required: names,
  additionalProperties: { const: false },
});
const list = closed(
  {
    type: { const: "array" },
    items: byType({ string: shared("text"), integer: shared("integer"), object: shared("map") }),
    minItems: count,
    maxItems: { ...count, minimum: 1, maximum: 100 },
    uniqueItems: { type: "boolean" },
  },
  ["minItems", "uniqueItems"],
);
const record = closed({
  $schema: { const: "https://json-schema.org/draft/2020-12/schema" },
  type: { const: "object" },
  properties: fields(byType({ ...scalars, object: shared("map"), array: list })),
  required: names,
  additionalProperties: { const: false },
});

const claim = closed(
  {
    name: claimName,
    zh: words,
    en: words,
    sourceName: { type: "string", pattern: "^[A-Z]{2,20}$" },
    sensitivity: { enum: ["public", "personal", "sensitive"] },
    mask: { enum: ["none", "name", "citizenId", "phone", "address", "creditCode", "all"] },
    parts: { type: "array", items: shared("claim"), minItems: 1, maxItems: 256 },
  },
  ["sourceName", "parts"],
);
const validity = {
  oneOf: [
    closed({ kind: { const: "permanent" }, from: claimName }),
    closed({
      kind: { const: "years" },
      from: claimName,
      years: { type: "integer", minimum: 1, maximum: 100 },
    }),
    closed({ kind: { const: "until" }, from: claimName, until: claimName }),
  ],
};

export const DEFINITION_SCHEMA = {
  ...closed(
    {
      code: { type: "string" },
      version: { type: "integer", minimum: 1, maximum: 65_535 },
      names: closed({ zh: words, en: words }),
      definingAuthority: closed({ code: { type: "string" }, zh: words, en: words }),
      region: { type: "string" },
      holderType: { enum: ["person", "organisation", "asset"] },
      schema: record,
      claims: { type: "array", items: shared("claim"), minItems: 1, maxItems: 256 },
      alwaysDisclosed: names,
      numberClaim: claimName,
      validity,
      template: { type: "string", pattern: "^[0-9a-f]{64}$" },
      provenance: closed({ kind: { enum: ["published", "demo"] }, note: words }),
    },
    ["template"],
  ),
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $defs: { claim, integer, map, text: textOrChoice, truth },
};
