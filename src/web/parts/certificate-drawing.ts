/** From what the wallet holds to what stands on its picture: the page of the PDF, its texts made safe to look at. */
import { layOutCertificate } from "../../app/lay-out-certificate.ts";
import type { CertificateType, ClaimDefinition } from "../../core/catalogue/certificate-type.ts";
import type { PageTemplate } from "../../core/catalogue/page-template.ts";
import { usualTemplate } from "../../core/catalogue/page-template.ts";
import type { CertificateFile } from "../../core/certificate/certificate-file.ts";
import type { Claim } from "../../core/certificate/claim.ts";
import type { ClaimValue } from "../../core/encoding/cbor.ts";
import type { Words } from "../../core/words.ts";
import type { CertificatePage } from "../../ports/certificate-page.ts";
import type { Held } from "../vault/held.ts";
import { claimsOf, isSensitive } from "../vault/holding.ts";
import { hiddenValue } from "./hidden-value.ts";
import { shownText } from "./shown-text.ts";

export type Drawn = Pick<Held, "holding" | "definition" | "template">;

export interface DrawingOptions {
  /** Sensitive claims by their masks, but for those that are named. */
  readonly isMasked: boolean;
  readonly revealed?: ReadonlySet<string>;
  /** Longer texts are cut after so many characters. */
  readonly longest?: number;
  /** Without sentences, and so with the claims that a template tells in them. */
  readonly isCard?: boolean;
}

export interface ClaimRow {
  readonly name: string;
  readonly label: Words;
  readonly isSensitive: boolean;
  readonly masked: string;
  readonly whole: string;
}

const LONGEST = 160;
/** Hebrew, Arabic and the others that are written from right to left. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const [ISOLATE, END] = ["\u2068", "\u2069"];

export function drawingOf(held: Drawn, options: DrawingOptions): CertificatePage {
  const { longest = LONGEST, isCard = false } = options;
  const toText = (text: string): string => isolated(shownText(cut(text, longest)));
  const drawn = isCard ? withoutStatement(held) : held;
  return layOut(drawn, (claim) => shownValue(maskedOr(held, claim, options), toText));
}

function withoutStatement(held: Drawn): Drawn {
  if (held.template === null) return held;
  const { statement: _statement, fields: _fields, ...template } = held.template;
  return { ...held, template };
}

export function isLandscape(held: Drawn): boolean {
  const { orientation } = held.template ?? usualTemplate(typeOf(held));
  return orientation === "landscape";
}

/** All claims, in the type's order, masked and whole. */
export function claimRows(held: Drawn): ClaimRow[] {
  const names = claimsOf(held).map(({ name }) => name);
  const type = typeOf(held);
  const fields = type.claims.map(({ name }) => name).filter((name) => names.includes(name));
  const template = { ...usualTemplate(type), fields };
  const textsOf = (isMasked: boolean): CertificatePage["fields"] => {
    const toShown = (claim: Claim): ClaimValue => {
      return shownValue(maskedOr(held, claim, { isMasked }), shownText);
    };
    return layOut({ ...held, template }, toShown).fields;
  };
  const [masked, whole] = [textsOf(true), textsOf(false)];
  return fields.map((name, i) => ({
    name,
    label: masked[i]?.label ?? { zh: name, en: name },
    isSensitive: isSensitive(held, name),
    masked: masked[i]?.text ?? "",
    whole: whole[i]?.text ?? "",
  }));
}

/** Where a type's definition is not what these pages know how to draw, it is drawn as one that is not known. */
function layOut(held: Drawn, toShown: (claim: Claim) => ClaimValue): CertificatePage {
  const claims = claimsOf(held).map((claim) => ({ ...claim, value: toShown(claim) }));
  const draw = (type: CertificateType, template: PageTemplate): CertificatePage => {
    const certificate = fileOf(held, type, claims);
    return layOutCertificate({ certificate, type, template, code: "" });
  };
  const type = typeOf(held);
  try {
    return draw(type, held.template ?? usualTemplate(type));
  } catch {
    const plain = unknownType(held);
    return draw(plain, usualTemplate(plain));
  }
}

/** What somebody lets one show is no whole certificate: what is missing is no part of the picture. */
function fileOf({ holding }: Drawn, type: CertificateType, claims: Claim[]): CertificateFile {
  if (holding.kind === "own") return { ...holding.certificate, claims };
  const { suite, agency, root, index, notBefore, notAfter, path } = holding.delegated.proof;
  return {
    ...{ suite, agency, notBefore, notAfter, claims },
    ...{ type: type.code, schemaVersion: type.version, region: type.region },
    holder: new Uint8Array(32),
    batch: { chainId: 1, anchor: "", root, size: index + 1, index, path },
  };
}

function typeOf(held: Drawn): CertificateType {
  return held.definition ?? unknownType(held);
}

const UNKNOWN = { zh: "证照", en: "Certificate" };

/** Its claims under the names that they have in the file. */
function unknownType(held: Drawn): CertificateType {
  const claims = claimsOf(held).map(({ name }): ClaimDefinition => {
    const label = shownText(name);
    return { name, zh: label, en: label, sensitivity: "sensitive", mask: "all" };
  });
  const code = held.holding.kind === "own" ? held.holding.certificate.type : "";
  return {
    ...{ code: code as CertificateType["code"], version: 1, names: UNKNOWN, claims },
    definingAuthority: { ...UNKNOWN, code: code.slice(0, 18) as never },
    region: "0" as CertificateType["region"],
    holderType: "person",
    schema: { type: "object", properties: {}, required: [], additionalProperties: false } as never,
    alwaysDisclosed: [],
    numberClaim: "",
    validity: { kind: "permanent", from: "" },
    provenance: { kind: "published", note: "" },
  };
}

function maskedOr(
  held: Drawn,
  { name, value }: Claim,
  { isMasked, revealed }: DrawingOptions,
): ClaimValue {
  if (!isMasked || revealed?.has(name) === true || !isSensitive(held, name)) return value;
  const claim = typeOf(held).claims.find((candidate) => candidate.name === name);
  return claim === undefined ? null : hiddenValue(claim, value);
}

function shownValue(value: ClaimValue, toText: (text: string) => string): ClaimValue {
  if (typeof value === "string") return toText(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    return (value as readonly ClaimValue[]).map((item) => shownValue(item, toText));
  }
  const parts = Object.entries(value).map(([name, part]) => [name, shownValue(part, toText)]);
  return Object.fromEntries(parts) as ClaimValue;
}

function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${Array.from(text).slice(0, longest).join("")}…`;
}

/** In a sentence of the template too, what is written from right to left moves none of its neighbours. */
function isolated(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `${ISOLATE}${text}${END}` : text;
}

const PAPER_LUMINANCE = luminance("#fffdf8");
const LEAST_CONTRAST = 4.5;

/** A template may choose its colour, as long as it can be read on paper (WCAG 2.2, 1.4.3). */
export function readableColour(colour: string, otherwise: string): string {
  const contrast = (PAPER_LUMINANCE + 0.05) / (luminance(colour) + 0.05);
  return contrast >= LEAST_CONTRAST ? colour : otherwise;
}

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
