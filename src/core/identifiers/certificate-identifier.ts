/**
 * The identifier of one electronic certificate (电子证照标识, GB/T 36904):
 * `1.2.156.3005.2.TYPE.ISSUER.SERIAL.VERSION.CHECK`. A reissue keeps the serial and raises the version.
 */
import type { Checked } from "./checked.ts";
import { codesOf, conclude } from "./checked.ts";
import { checkCode } from "./code-text.ts";
import { isCreditCode, parseCreditCode } from "./credit-code.ts";
import type { CheckMode, IdentifierFaultCode } from "./faults.ts";
import { parseTypeCode } from "./type-code.ts";
import { NO_VALUE, valuesOf } from "./weighted-sum.ts";

export const CERTIFICATE_IDENTIFIER_OID = "1.2.156.3005.2";
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const SHAPE =
  /^1\.2\.156\.3005\.2\.([0-9A-Z]{21})\.([0-9A-Z]{6,18})\.([0-9A-Z]{1,32})\.(?!000)(\d{3})\.([0-9A-Z])$/;

export interface CertificateIdentifierParts {
  /** 21 characters. */
  readonly typeCode: string;
  /** The issuer's credit code, 18 characters; 6 to 18 in identifiers made elsewhere. */
  readonly issuerCode: string;
  /** 1 to 32 of 0–9 and A–Z. */
  readonly serial: string;
  /** 1 to 999. */
  readonly version: number;
}

export interface CertificateIdentifier extends CertificateIdentifierParts {
  /** The identifier as it was given. */
  readonly text: string;
}

/**
 * In `warn` mode, for identifiers made elsewhere, a wrong check character, issuer code or type code
 * is a warning, and `text` keeps what was given.
 */
export function parseCertificateIdentifier(
  text: string,
  mode: CheckMode = "strict",
): Checked<CertificateIdentifier> {
  const checked = checkCode(text, mode, identifierFaults);
  if (!checked.ok) return checked;
  return { ok: true, value: { text, ...partsOf(checked.value) }, faults: checked.faults };
}

function identifierFaults(identifier: string): IdentifierFaultCode[] {
  const match = SHAPE.exec(identifier);
  if (match === null) return ["CERTIFICATE_IDENTIFIER_SHAPE"];
  const [typeCode, issuerCode, serial, version, check] = match.slice(1) as FiveParts;
  const faults: IdentifierFaultCode[] = [];
  if (!parseTypeCode(typeCode).ok) faults.push("CERTIFICATE_IDENTIFIER_TYPE");
  if (!parseCreditCode(issuerCode).ok) faults.push("CERTIFICATE_IDENTIFIER_ISSUER");
  if (mod3736Check(typeCode + issuerCode + serial + version) !== check) {
    faults.push("CERTIFICATE_IDENTIFIER_CHECK");
  }
  return faults;
}

type FiveParts = [string, string, string, string, string];

function partsOf(identifier: string): CertificateIdentifierParts {
  const [typeCode, issuerCode, serial, version] = identifier.split(".").slice(5) as FiveParts;
  return { typeCode, issuerCode, serial, version: Number(version) };
}

/**
 * The identifier's text with its check character; `strict` as when parsing, so that nothing is
 * issued under an identifier that another system would refuse.
 */
export function formatCertificateIdentifier(parts: CertificateIdentifierParts): Checked<string> {
  const version = String(parts.version).padStart(3, "0");
  const body = [parts.typeCode, parts.issuerCode, parts.serial, version];
  const check = mod3736Check(body.join(""));
  const text = [CERTIFICATE_IDENTIFIER_OID, ...body, check].join(".");
  return conclude(text, codesOf(parseCertificateIdentifier(text)), "strict");
}

const VALUES = valuesOf(ALPHABET);
const ISSUER_CHARACTERS = 18;
const MOST_SERIAL = 32;
/** Of `.VVV.C` at the end. */
const TAIL_CHARACTERS = 6;
const DOT = ".".charCodeAt(0);

/**
 * A check of identifiers of one type: whether `parseCertificateIdentifier` has nothing at all to say of the
 * text. The same, with nothing done again that all of them share.
 */
export function identifierCheckOf(typeCode: string): (text: string) => boolean {
  const start = `${CERTIFICATE_IDENTIFIER_OID}.${typeCode}.`;
  const isKnownType = parseTypeCode(typeCode).ok;
  const typeProduct = productOf(typeCode, FIRST_PRODUCT);
  let issuer = { start: "", product: FIRST_PRODUCT };
  const hasIssuer = (text: string): boolean => {
    if (issuer.start !== "" && text.startsWith(issuer.start, start.length)) return true;
    const code = text.slice(start.length, start.length + ISSUER_CHARACTERS);
    if (!isCreditCode(code)) return false;
    issuer = { start: `${code}.`, product: productOf(code, typeProduct) };
    return text.startsWith(issuer.start, start.length);
  };
  return (text) => {
    if (!isKnownType || !text.startsWith(start) || !hasIssuer(text)) return false;
    return isRightAfterIssuer(text, start.length + issuer.start.length, issuer.product);
  };
}

/** The check character of ISO 7064 MOD 37,36 (hybrid) over 0–9 and A–Z, without OID and dots. */
export function mod3736Check(body: string): string {
  return checkCharacterOf(productOf(body, FIRST_PRODUCT));
}

const FIRST_PRODUCT = 36;

function checkCharacterOf(product: number): string {
  return ALPHABET.charAt((37 - product) % 36);
}

function productOf(text: string, before: number): number {
  let product = before;
  for (let i = 0; i < text.length; i++) {
    product = productAfter(product, VALUES[text.charCodeAt(i)] as number);
  }
  return product;
}

/** Each product with each value after it, at 64 × product + value: a look-up takes a fifth of two divisions. */
const PRODUCTS = Uint8Array.from({ length: 64 * 37 }, (_, i) => {
  const sum = ((i >> 6) + (i & 63)) % 36;
  return ((sum === 0 ? 36 : sum) * 2) % 37;
});

function productAfter(product: number, value: number): number {
  return PRODUCTS[(product << 6) | value] as number;
}

/** Serial, version and check character, which is that of all before it. */
function isRightAfterIssuer(text: string, from: number, before: number): boolean {
  const tail = text.length - TAIL_CHARACTERS;
  if (tail <= from || tail > from + MOST_SERIAL || !isTail(text, tail)) return false;
  let product = before;
  for (let i = from; i < tail; i++) {
    const value = VALUES[text.charCodeAt(i)] ?? NO_VALUE;
    if (value === NO_VALUE) return false;
    product = productAfter(product, value);
  }
  for (let i = tail + 1; i < tail + 4; i++) {
    product = productAfter(product, VALUES[text.charCodeAt(i)] as number);
  }
  return ALPHABET.charCodeAt((37 - product) % 36) === text.charCodeAt(tail + 5);
}

/** A dot, a version other than 000, a dot; what comes last is compared with the check character. */
function isTail(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== DOT || text.charCodeAt(at + 4) !== DOT) return false;
  let version = 0;
  for (let i = at + 1; i < at + 4; i++) {
    const digit = VALUES[text.charCodeAt(i)] ?? NO_VALUE;
    if (digit > 9) return false;
    version += digit;
  }
  return version > 0;
}
