/** Reads one catalogue entry from untrusted JSON and reports everything that is wrong with it. */
import type { ErrorObject } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parseRegion } from "../identifiers/region.ts";
import { definingAuthorityOf, parseTypeCode } from "../identifiers/type-code.ts";
import type { CertificateType, ClaimDefinition } from "./certificate-type.ts";
import type { DefinitionFault } from "./definition-faults.ts";
import { definitionFault } from "./definition-faults.ts";
import { DEFINITION_SCHEMA } from "./definition-schema.ts";
import type { FieldSchema } from "./record-schema.ts";

export type ParsedType =
  | { readonly ok: true; readonly type: CertificateType }
  | { readonly ok: false; readonly faults: readonly DefinitionFault[] };

/**
 * Each command that reads the catalogue compiles it, so what compiling can do without is left out: holding the schema
 * against that of JSON Schema, which a test does, and optimising code that runs a few times.
 */
const hasShape = new Ajv2020({
  validateSchema: false,
  meta: false,
  code: { optimize: false },
  allErrors: true,
  strictTypes: false,
  formats: { regex: isPattern },
}).compile<CertificateType>(DEFINITION_SCHEMA);

/** Shape first; where it holds, the codes and the references between the parts. */
export function parseCertificateType(json: unknown): ParsedType {
  if (!hasShape(json)) {
    return { ok: false, faults: (hasShape.errors as ErrorObject[]).map(shapeFault) };
  }
  const faults = [
    ...codeFaults(json),
    ...descriptionFaults(json.schema.properties, json.claims, "claims"),
    ...referenceFaults(json),
  ];
  return faults.length === 0 ? { ok: true, type: json } : { ok: false, faults };
}

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, "u").source !== "";
  } catch {
    return false;
  }
}

function shapeFault({ instancePath, message, params }: ErrorObject): DefinitionFault {
  const place = instancePath.slice(1).replaceAll("/", ".");
  const member: unknown = params["additionalProperty"];
  const detail = typeof member === "string" ? `${String(message)}: ${member}` : String(message);
  return definitionFault("DEFINITION_SHAPE", place, detail);
}

function codeFaults({ code, region, definingAuthority }: CertificateType): DefinitionFault[] {
  const faults: DefinitionFault[] = [];
  if (!parseTypeCode(code).ok) faults.push(definitionFault("DEFINITION_CODE", "code", code));
  if (!parseRegion(region).ok) faults.push(definitionFault("DEFINITION_REGION", "region", region));
  if (definingAuthority.code !== definingAuthorityOf(code)) {
    faults.push(definitionFault("DEFINITION_AUTHORITY", "definingAuthority.code"));
  }
  return faults;
}

type Properties = Readonly<Record<string, FieldSchema>>;

/** Every property is described once, and everything described is a property. */
function descriptionFaults(
  properties: Properties,
  claims: readonly ClaimDefinition[],
  place: string,
): DefinitionFault[] {
  const described = claims.map(({ name }) => name);
  const undescribed = Object.keys(properties).filter((name) => !described.includes(name));
  const twice = described.filter((name, i) => described.indexOf(name) !== i);
  return [
    ...undescribed.map((name) => definitionFault("CLAIM_NOT_DESCRIBED", `${place}.${name}`)),
    ...twice.map((name) => definitionFault("CLAIM_TWICE", `${place}.${name}`)),
    ...claims.flatMap((claim) => claimFaults(properties, claim, `${place}.${claim.name}`)),
  ];
}

function claimFaults(
  properties: Properties,
  claim: ClaimDefinition,
  place: string,
): DefinitionFault[] {
  if (!Object.hasOwn(properties, claim.name))
    return [definitionFault("CLAIM_NOT_IN_SCHEMA", place)];
  const schema = properties[claim.name] as FieldSchema;
  return descriptionFaults(partsOf(schema), claim.parts ?? [], place);
}

/** The properties of a map, or of the maps in a list. */
function partsOf(schema: FieldSchema): Properties {
  return schema.properties ?? schema.items?.properties ?? {};
}

function referenceFaults(type: CertificateType): DefinitionFault[] {
  const { validity } = type;
  const required = [...type.alwaysDisclosed, type.numberClaim, validity.from]
    .filter((name) => !type.schema.required.includes(name))
    .map((name) => definitionFault("CLAIM_NOT_REQUIRED", name));
  const dates = validity.kind === "until" ? [validity.from, validity.until] : [validity.from];
  return [
    ...required,
    ...dates
      .filter((name) => type.schema.properties[name]?.format !== "date")
      .map((name) => definitionFault("CLAIM_NOT_A_DATE", name)),
  ];
}
