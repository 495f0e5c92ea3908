/**
 * The identifier of one electronic certificate (电子证照标识, GB/T 36904):
 * `1.2.156.3005.2.TYPE.ISSUER.SERIAL.VERSION.CHECK`. A reissue keeps the serial and raises the version.
 */
import type { Checked } from "./checked.ts";
import { codesOf, conclude } from "./checked.ts";
import { checkCode } from "./code-text.ts";
import { parseCreditCode } from "./credit-code.ts";
import type { CheckMode, IdentifierFaultCode } from "./faults.ts";
import { parseTypeCode } from "./type-code.ts";

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

/** The check character of ISO 7064 MOD 37,36 (hybrid) over 0–9 and A–Z, without OID and dots. */
export function mod3736Check(body: string): string {
  let product = 36;
  for (const character of body) {
    const sum = (product + ALPHABET.indexOf(character)) % 36;
    product = ((sum === 0 ? 36 : sum) * 2) % 37;
  }
  return ALPHABET.charAt((37 - product) % 36);
}
