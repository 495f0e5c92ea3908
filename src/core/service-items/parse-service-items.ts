/** Reads service items (事项) from untrusted JSON and reports everything that is wrong with them. */
import type { ErrorObject } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { CertificateType } from "../catalogue/certificate-type.ts";
import type { ItemFault } from "./item-faults.ts";
import { itemFault } from "./item-faults.ts";
import type { ItemType, ServiceItem } from "./service-item.ts";
import { wordsOf } from "./service-item.ts";

export type ParsedItems =
  | { readonly ok: true; readonly items: readonly ServiceItem[] }
  | { readonly ok: false; readonly faults: readonly ItemFault[] };

const text = { type: "string", minLength: 1, maxLength: 128 };
const cause = { ...text, maxLength: 200 };
const claims = { type: "array", items: text, maxItems: 256, uniqueItems: true };

function closed(properties: Readonly<Record<string, object>>): object {
  const required = Object.keys(properties);
  return { type: "object", properties, required, additionalProperties: false };
}

const TYPE = closed({
  type: { type: "string", pattern: "^[0-9A-Z]{18}[0-9]{3}$" },
  claims: { ...claims, minItems: 1 },
  required: claims,
});

const SHAPE = {
  type: "array",
  maxItems: 10_000,
  items: closed({
    code: { ...text, maxLength: 64 },
    names: closed({ zh: text, en: text }),
    types: { type: "array", items: TYPE, minItems: 1, maxItems: 100 },
    requiresHolder: { type: "boolean" },
    causes: { type: "array", items: cause, maxItems: 100, uniqueItems: true },
  }),
};

const hasShape = new Ajv2020({ allErrors: true }).compile<readonly ServiceItem[]>(SHAPE);

type KnownType = Pick<CertificateType, "code" | "claims">;

/** @param types the catalogue: what an item asks for must be in one of a type's versions */
export function parseServiceItems(json: unknown, types: readonly KnownType[]): ParsedItems {
  if (!hasShape(json)) {
    return { ok: false, faults: (hasShape.errors as ErrorObject[]).map(shapeFault) };
  }
  const faults = [...nameFaults(json), ...json.flatMap((item, i) => itemFaults(item, i, types))];
  return faults.length === 0 ? { ok: true, items: json } : { ok: false, faults };
}

function shapeFault({ instancePath, message, params }: ErrorObject): ItemFault {
  const place = instancePath.replace(/\/(\d+)/g, "[$1]").replaceAll("/", ".");
  const member: unknown = params["additionalProperty"];
  const detail = typeof member === "string" ? `${String(message)}: ${member}` : String(message);
  return itemFault("ITEM_SHAPE", place, detail);
}

/** Code and names all lead to an item, so that none may lead to two. */
function nameFaults(items: readonly ServiceItem[]): ItemFault[] {
  const seen = new Set<string>();
  return items.flatMap((item, i) => {
    const taken = wordsOf(item).filter((word) => seen.has(word));
    for (const word of wordsOf(item)) seen.add(word);
    return taken.map((word) => itemFault("ITEM_TWICE", `[${String(i)}]`, word));
  });
}

function itemFaults(item: ServiceItem, i: number, types: readonly KnownType[]): ItemFault[] {
  const listed = item.types.map(({ type }) => type);
  return item.types.flatMap((asked, j) => {
    const place = `[${String(i)}].types[${String(j)}]`;
    if (listed.indexOf(asked.type) < j) return [itemFault("TYPE_TWICE", place, asked.type)];
    return typeFaults(asked, place, types);
  });
}

function typeFaults(asked: ItemType, place: string, types: readonly KnownType[]): ItemFault[] {
  const versions = types.filter(({ code }) => code === asked.type);
  if (versions.length === 0) return [itemFault("TYPE_UNKNOWN", place, asked.type)];
  const known = new Set(versions.flatMap((type) => type.claims.map(({ name }) => name)));
  const unknown = asked.claims.filter((name) => !known.has(name));
  const unasked = asked.required.filter((name) => !asked.claims.includes(name));
  return [
    ...unknown.map((name) => itemFault("CLAIM_UNKNOWN", `${place}.claims`, name)),
    ...unasked.map((name) => itemFault("REQUIRED_NOT_ASKED", `${place}.required`, name)),
  ];
}
