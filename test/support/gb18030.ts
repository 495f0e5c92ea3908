/** Writes GB18030, which Node only reads: by asking its reader what each two bytes mean. */
const decoder = new TextDecoder("gb18030", { fatal: true });
/** The four-byte code of U+10000, as a number. */
const SUPPLEMENTARY = 189_000;

const TWO_BYTES = new Map<string, readonly number[]>();
for (let lead = 0x81; lead <= 0xfe; lead++) {
  for (let trail = 0x40; trail <= 0xfe; trail++) {
    const text = trail === 0x7f ? "" : decode([lead, trail]);
    if (text.length === 1) TWO_BYTES.set(text, [lead, trail]);
  }
}

/** @throws RangeError for a character of the basic plane that has no code of two bytes */
export function encodeGb18030(text: string): Uint8Array {
  return new Uint8Array(Array.from(text).flatMap(bytesOf));
}

function bytesOf(character: string): readonly number[] {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return [code];
  if (code > 0xffff) return fourBytes(SUPPLEMENTARY + code - 0x10000);
  const bytes = TWO_BYTES.get(character);
  if (bytes === undefined) throw new RangeError(`${character} has no code of two bytes`);
  return bytes;
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
