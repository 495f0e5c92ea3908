/** Reads a mapping from untrusted JSON and reports everything that is wrong with it. */
import type { ErrorObject } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { CertificateType } from "./certificate-type.ts";
import { printable } from "./check-text.ts";
import type { Mapping } from "./mapping.ts";
import { DATE_FORMATS, HOLDER_KEY_COLUMN, MAPPING_FORMAT } from "./mapping.ts";

export type ParsedMapping =
  | { readonly ok: true; readonly mapping: Mapping }
  /** Each with its place, such as `claims.issueDate.date`. */
  | { readonly ok: false; readonly faults: readonly string[] };

const text = { type: "string", maxLength: 4_000 };
const column = { ...text, minLength: 1, maxLength: 200 };

const claimSource = {
  type: "object",
  properties: {
    column,
    constant: { ...text, minLength: 1 },
    split: { type: "string", minLength: 1, maxLength: 4 },
    trim: { type: "boolean" },
    codes: { type: "object", maxProperties: 10_000, additionalProperties: text },
    date: { enum: DATE_FORMATS },
  },
  additionalProperties: false,
  oneOf: [
    { required: ["constant"], maxProperties: 1 },
    { required: ["column"], not: { required: ["constant"] } },
  ],
};

/** JSON Schema (draft 2020-12) of `Mapping`. */
export const MAPPING_SCHEMA = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "object",
  properties: {
    format: { const: MAPPING_FORMAT },
    type: text,
    schemaVersion: { type: "integer" },
    claims: {
      type: "object",
      minProperties: 1,
      maxProperties: 257,
      additionalProperties: claimSource,
    },
    ignore: { type: "array", maxItems: 1_000, items: { type: "string", maxLength: 200 } },
  },
  required: ["format", "type", "schemaVersion", "claims", "ignore"],
  additionalProperties: false,
};

const hasShape = new Ajv2020({ allErrors: true, strictRequired: false }).compile<Mapping>(
  MAPPING_SCHEMA,
);

/** Shape first; where it holds, whether it is of this type and names its claims. */
export function parseMapping(json: unknown, type: CertificateType): ParsedMapping {
  if (!hasShape(json)) {
    return { ok: false, faults: (hasShape.errors as ErrorObject[]).map(shapeFault) };
  }
  const faults = [...typeFaults(json, type), ...claimFaults(json, type), ...columnFaults(json)];
  return faults.length === 0 ? { ok: true, mapping: json } : { ok: false, faults };
}

const PLACE_LIMIT = 160;

function shapeFault({ instancePath, message, params }: ErrorObject): string {
  const place = instancePath.slice(1).replaceAll("/", ".");
  const member: unknown = params["additionalProperty"];
  const what = typeof member === "string" ? `${String(message)}: ${member}` : String(message);
  return printable(place === "" ? what : `${place} ${what}`, PLACE_LIMIT);
}

function typeFaults(
  { type, schemaVersion }: Mapping,
  { code, version }: CertificateType,
): string[] {
  if (type === code && schemaVersion === version) return [];
  const made = `${type} version ${String(schemaVersion)}`;
  return [printable(`type: made for ${made}, not ${code} version ${String(version)}`, PLACE_LIMIT)];
}

function claimFaults({ claims }: Mapping, { schema }: CertificateType): string[] {
  return Object.keys(claims)
    .filter((name) => name !== HOLDER_KEY_COLUMN && !Object.hasOwn(schema.properties, name))
    .map((name) => printable(`claims.${name}: the type has no such claim`, PLACE_LIMIT));
}

/** A column may give several claims, but not give some and be ignored too. */
function columnFaults({ claims, ignore }: Mapping): string[] {
  return Object.entries(claims).flatMap(([name, source]) => {
    if (!("column" in source) || !ignore.includes(source.column)) return [];
    return [printable(`ignore: ${source.column} gives ${name}`, PLACE_LIMIT)];
  });
}
