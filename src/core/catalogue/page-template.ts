/**
 * How a type's certificates look on paper: a template beside the catalogue (catalogue/templates). A type without
 * one has the usual page, since all that it needs is in the type itself.
 */
import { toHex } from "../encoding/bytes.ts";
import type { Hash } from "../hashing.ts";
import { canonicalBytes } from "./canonical-bytes.ts";
import type { CertificateType, Names } from "./certificate-type.ts";

export interface PageTemplate {
  /** The type's code. */
  readonly type: string;
  readonly orientation: "portrait" | "landscape";
  /** Of borders and headings: # and six hex digits. */
  readonly colour: string;
  /** Instead of the type's names. */
  readonly title?: Names;
  /** Sentences above the fields: {holderName} stands for that claim. */
  readonly statement?: Names;
  /** The claims shown as fields, in this order; otherwise all, in the type's order. */
  readonly fields?: readonly string[];
}

const USUAL_COLOUR = "#8c2f23";
const LANDSCAPE_CLAIMS = 12;

/** With few claims a landscape page is filled better. */
export function usualTemplate({ code, claims }: CertificateType): PageTemplate {
  const orientation = claims.length > LANDSCAPE_CLAIMS ? "portrait" : "landscape";
  return { type: code, orientation, colour: USUAL_COLOUR };
}

export type ParsedTemplate =
  | { readonly ok: true; readonly template: PageTemplate }
  | { readonly ok: false; readonly fault: string };

const MEMBERS = ["type", "orientation", "colour", "title", "statement", "fields"];
const COLOUR = /^#[0-9a-f]{6}$/;
const PLACEHOLDER = /\{(\w*)\}/g;

/** @param json untrusted. A fault names the member. */
export function parsePageTemplate(json: unknown): ParsedTemplate {
  if (typeof json !== "object" || json === null) return { ok: false, fault: "no JSON object" };
  const members = json as Readonly<Record<string, unknown>>;
  const fault = faultOf(members);
  if (fault !== null) return { ok: false, fault };
  return { ok: true, template: members as unknown as PageTemplate };
}

function faultOf(members: Readonly<Record<string, unknown>>): string | null {
  const unknown = Object.keys(members).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) return `unknown member '${unknown}'`;
  const { type, orientation, colour, title, statement, fields } = members;
  if (typeof type !== "string") return "type: a type's code expected";
  if (orientation !== "portrait" && orientation !== "landscape") {
    return "orientation: portrait or landscape expected";
  }
  if (typeof colour !== "string" || !COLOUR.test(colour)) {
    return "colour: # and six hex digits expected";
  }
  if (!isNamesOrNothing(title)) return "title: zh and en expected";
  if (!isNamesOrNothing(statement)) return "statement: zh and en expected";
  return fields === undefined || isTexts(fields) ? null : "fields: names of claims expected";
}

function isNamesOrNothing(value: unknown): boolean {
  if (value === undefined) return true;
  if (typeof value !== "object" || value === null) return false;
  const { zh, en } = value as Partial<Names>;
  return typeof zh === "string" && typeof en === "string";
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/** What a type's definition pins it by: SHA-256 of its canonical JSON in hex. */
export function templateHash(sha256: Hash, template: PageTemplate): string {
  return toHex(sha256(canonicalBytes(template)));
}

/** The claims that the template names and the type does not have. */
export function unknownInTemplate(template: PageTemplate, type: CertificateType): string[] {
  const { statement, fields = [] } = template;
  const texts = statement === undefined ? [] : [statement.zh, statement.en];
  const inTexts = texts.flatMap((text) => [...text.matchAll(PLACEHOLDER)].map(([, name]) => name));
  const known = new Set(type.claims.map(({ name }) => name));
  return [...fields, ...(inTexts as string[])].filter((name) => !known.has(name));
}

/** "{holderName} 已…" → "李明 已…" */
export function fillStatement(text: string, valueOf: (claim: string) => string): string {
  return text.replace(PLACEHOLDER, (_whole, name: string) => valueOf(name));
}
