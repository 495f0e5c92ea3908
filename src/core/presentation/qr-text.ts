/** What a QR code holds (protocol, 10). */
import { fromBase64Url, toBase64Url } from "../encoding/bytes.ts";
import { fromBase45, toBase45 } from "../encoding/base45.ts";
import { FormatError, malformed } from "../encoding/format-error.ts";

/** A decoder takes no more, and never decompresses. */
export const MAX_QR_CHARACTERS = 4096;
const OFFLINE_PREFIX = "LZ1:";
const REFERENCE_PREFIX = "LZR:";
/** Of a code that holds a part of a presentation: see qr-parts.ts. */
export const PART_PREFIX = "LZP:";
/** What holds no presentation of its own. */
const OTHER_PREFIXES = [REFERENCE_PREFIX, PART_PREFIX];
const PRINT_MARK = "/q#";

/** Host names with an optional port; 128 random bits in base64url. */
const REFERENCE = /^LZR:([A-Za-z0-9.-]{1,253}(?::\d{1,5})?)\/([A-Za-z0-9_-]{22})$/;

/** Where a presentation may be fetched, once. */
export interface Reference {
  /** The name of a verification service; never followed unless it is one that is known. */
  readonly host: string;
  readonly token: string;
}

export function toReferenceText({ host, token }: Reference): string {
  return `${REFERENCE_PREFIX}${host}/${token}`;
}

/** @returns null for anything but a reference code */
export function parseReference(text: string): Reference | null {
  const [, host, token] = REFERENCE.exec(text) ?? [];
  return host === undefined || token === undefined ? null : { host: host.toLowerCase(), token };
}

export function toQrText(presentation: Uint8Array): string {
  return OFFLINE_PREFIX + toBase45(presentation);
}

/** For print: any phone's camera opens the checking page; what follows `#` never reaches the server. */
export function toPrintText(presentation: Uint8Array, host: string): string {
  return `https://${host}${PRINT_MARK}${toBase64Url(presentation)}`;
}

/**
 * @returns the bytes of the presentation.
 * @throws FormatError TOO_LARGE, MALFORMED, or UNSUPPORTED_VERSION for a prefix of another version and
 * for a reference code (`LZR:`) or a part (`LZP:`), which hold no presentation of their own.
 */
export function fromQrText(text: string): Uint8Array {
  if (text.length > MAX_QR_CHARACTERS) {
    throw new FormatError("TOO_LARGE", "qr", `${String(text.length)} characters; at most 4096`);
  }
  if (text.startsWith(OFFLINE_PREFIX)) return fromBase45(text, OFFLINE_PREFIX.length);
  if (text.startsWith("https://") && text.includes(PRINT_MARK)) return fromPrintText(text);
  if (/^LZ\d+:/.test(text) || OTHER_PREFIXES.some((prefix) => text.startsWith(prefix))) {
    throw new FormatError("UNSUPPORTED_VERSION", "qr", `a code that begins '${text.slice(0, 4)}'`);
  }
  throw malformed("qr", "not a code of this system: it begins neither LZ1: nor https://…/q#");
}

function fromPrintText(text: string): Uint8Array {
  const bytes = fromBase64Url(text.slice(text.indexOf(PRINT_MARK) + PRINT_MARK.length));
  if (bytes === null) throw malformed("qr", "not base64url after #");
  return bytes;
}
