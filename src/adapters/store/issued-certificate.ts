/** One line of a batch's certificates.jsonl: everything of a certificate but what its batch gives. */
import { fromBase64Url, fromHex, toBase64Url, toHex } from "../../core/encoding/bytes.ts";
import type { ClaimValue } from "../../core/encoding/cbor.ts";
import { isBearer } from "../../core/certificate/certificate-file.ts";
import { SALT_BYTES } from "../../core/certificate/claim.ts";
import type { IssuedCertificate } from "../../ports.ts";

interface Line {
  readonly index: number;
  readonly notBefore: number;
  readonly notAfter: number | null;
  readonly holder: string | null;
  /** [name, value, salt in base64url] */
  readonly claims: readonly (readonly [string, ClaimValue, string])[];
}

const BEARER = new Uint8Array(32);

export function toLine(certificate: IssuedCertificate): string {
  const { index, notBefore, notAfter, holder, claims } = certificate;
  const line: Line = {
    index,
    notBefore,
    notAfter,
    holder: isBearer(holder) ? null : toHex(holder),
    claims: claims.map(({ name, value, salt }) => [name, value, toBase64Url(salt)]),
  };
  return `${JSON.stringify(line)}\n`;
}

/** @throws Error for a line that was damaged. */
export function fromLine(text: string): IssuedCertificate {
  const { index, notBefore, notAfter, holder, claims } = JSON.parse(text) as Line;
  return {
    index: whole(index),
    notBefore: whole(notBefore),
    notAfter: notAfter === null ? null : whole(notAfter),
    holder: holder === null ? BEARER : sized(fromHex(holder), BEARER.length),
    claims: claims.map(([name, value, salt]) => {
      return { name: textual(name), value, salt: sized(fromBase64Url(salt), SALT_BYTES) };
    }),
  };
}

function whole(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  throw new TypeError("a whole number expected");
}

function textual(value: string): string {
  if (typeof value === "string") return value;
  throw new TypeError("text expected");
}

function sized(bytes: Uint8Array | null, length: number): Uint8Array {
  if (bytes?.length === length) return bytes;
  throw new TypeError(`${String(length)} bytes expected`);
}
