/** Writes GB18030, which Node only reads: by asking its reader what each two bytes mean. */
const decoder = new TextDecoder("gb18030", { fatal: true });
/** The four-byte code of U+10000, as a number. */
const SUPPLEMENTARY = 189_000;
const LONGEST_BYTES = 4;

/** By the character's code point: both bytes as one number, 0 where there are none. */
const TWO_BYTES = new Uint16Array(0x10000);
for (let lead = 0x81; lead <= 0xfe; lead++) {
  for (let trail = 0x40; trail <= 0xfe; trail++) {
    const text = trail === 0x7f ? "" : decode([lead, trail]);
    if (text.length === 1) TWO_BYTES[text.charCodeAt(0)] = lead * 256 + trail;
  }
}

/** @throws RangeError for a character of the basic plane that has no code of two bytes */
export function encodeGb18030(text: string): Uint8Array {
  const bytes = new Uint8Array(LONGEST_BYTES * text.length);
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) as number;
    if (code > 0xffff) i++;
    at = code < 0x80 ? put(bytes, at, code) : putLong(bytes, at, code);
  }
  return bytes.subarray(0, at);
}

function put(bytes: Uint8Array, at: number, byte: number): number {
  bytes[at] = byte;
  return at + 1;
}

/** @returns where the next one goes */
function putLong(bytes: Uint8Array, at: number, code: number): number {
  if (code > 0xffff) {
    bytes.set(fourBytes(SUPPLEMENTARY + code - 0x10000), at);
    return at + LONGEST_BYTES;
  }
  const both = TWO_BYTES[code] as number;
  if (both === 0) {
    throw new RangeError(`${String.fromCodePoint(code)} has no code of two bytes`);
  }
  return put(bytes, put(bytes, at, both >> 8), both & 0xff);
}

function fourBytes(number: number): number[] {
  const [a, b, c] = [
    Math.floor(number / 12_600),
    Math.floor(number / 1_260),
    Math.floor(number / 10),
  ];
  return [0x81 + a, 0x30 + (b % 10), 0x81 + (c % 126), 0x30 + (number % 10)];
}

function decode(bytes: readonly number[]): string {
  try {
    return decoder.decode(new Uint8Array(bytes));
  } catch {
    return "";
  }
}
