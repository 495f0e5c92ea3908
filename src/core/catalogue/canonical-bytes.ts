/**
 * The bytes of a catalogue entry that its schema hash is taken over, and those of a page's template: JSON as
 * RFC 8785 writes it (members sorted by UTF-16 code units, no white space), in UTF-8.
 */

/** @throws RangeError for a number that is not a safe integer; catalogue entries have none. */
export function canonicalBytes(json: object): Uint8Array {
  return new TextEncoder().encode(canonicalJson(json));
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) return canonicalObject(value);
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new RangeError(`${String(value)} is not a safe integer`);
  }
  return JSON.stringify(value);
}

function canonicalObject(object: object): string {
  const members = Object.entries(object)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${JSON.stringify(name)}:${canonicalJson(value)}`);
  return `{${members.join(",")}}`;
}
