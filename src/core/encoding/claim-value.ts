/** What a claim may hold (protocol, 3), between JSON's values and CBOR's. */
import type { CborValue, ClaimValue } from "./cbor.ts";
import { Tagged } from "./cbor.ts";
import { malformed } from "./format-error.ts";

const MAX_DEPTH = 4;

/** @throws FormatError MALFORMED with the place in `where`, such as `owners[1].share`. */
export function claimValueToCbor(value: unknown, where: string, depth = 0): CborValue {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string") return checkText(value, where);
  if (typeof value === "number") return checkInteger(value, where);
  checkDepth(depth, where);
  if (Array.isArray(value)) {
    return value.map((item, i) => claimValueToCbor(item, `${where}[${String(i)}]`, depth + 1));
  }
  if (typeof value === "object" && isPlain(value)) return mapToCbor(value, where, depth);
  throw malformed(where, "not text, an integer, a boolean, null, a list or a map");
}

function mapToCbor(value: object, where: string, depth: number): Map<string, CborValue> {
  return new Map(
    Object.entries(value).map(([name, item]) => [
      checkText(name, where),
      claimValueToCbor(item, `${where}.${name}`, depth + 1),
    ]),
  );
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** @throws FormatError MALFORMED for CBOR that no claim may hold. */
export function claimValueFromCbor(value: CborValue, where: string, depth = 0): ClaimValue {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string") return checkText(value, where);
  if (typeof value === "number") return value;
  if (typeof value === "bigint") throw malformed(where, "an integer past ±(2^53−1)");
  if (value instanceof Uint8Array || value instanceof Tagged) {
    throw malformed(where, "bytes or a tag, which no claim may hold");
  }
  checkDepth(depth, where);
  if (value instanceof Map) {
    return mapFromCbor(value as ReadonlyMap<string | number, CborValue>, where, depth);
  }
  const items = value as readonly CborValue[];
  return items.map((item, i) => claimValueFromCbor(item, `${where}[${String(i)}]`, depth + 1));
}

function mapFromCbor(
  map: ReadonlyMap<string | number, CborValue>,
  where: string,
  depth: number,
): ClaimValue {
  return Object.fromEntries(
    [...map].map(([name, item]) => {
      if (typeof name !== "string") throw malformed(where, "a name that is not text");
      checkText(name, where);
      return [name, claimValueFromCbor(item, `${where}.${name}`, depth + 1)];
    }),
  );
}

function checkText(text: string, where: string): string {
  if (isSurelyNormal(text)) return text;
  if (!text.isWellFormed()) throw malformed(where, "text with half a surrogate pair");
  if (text.normalize("NFC") !== text) throw malformed(where, "text that is not in NFC");
  return text;
}

/** No combining mark comes before U+0300, and no Han character of the first block combines with anything. */
const FIRST_MARK = 0x300;
const [FIRST_HAN, LAST_HAN] = [0x4e00, 0x9fff] as const;

/** Nearly every text there is; to ask ICU takes longer than all the rest of a claim. */
function isSurelyNormal(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= FIRST_MARK && (unit < FIRST_HAN || unit > LAST_HAN)) return false;
  }
  return true;
}

function checkInteger(value: number, where: string): number {
  if (!Number.isSafeInteger(value)) {
    throw malformed(where, 'a number that is not an integer within ±(2^53−1); write "12.50"');
  }
  return value;
}

function checkDepth(depth: number, where: string): void {
  if (depth >= MAX_DEPTH) throw malformed(where, `nested deeper than ${String(MAX_DEPTH)}`);
}
