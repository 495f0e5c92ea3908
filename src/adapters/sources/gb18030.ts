/**
 * GB 18030-2022 where the platform's decoder still follows GB 18030-2005: 24 codes that stood for private-use
 * characters, because Unicode did not have them yet, and now stand for the characters themselves.
 */
const SINCE_2022: ReadonlyMap<string, string> = new Map([
  ...pairs(
    0xe78d,
    [0xfe10, 0xfe12, 0xfe11, 0xfe13, 0xfe14, 0xfe15, 0xfe16, 0xfe17, 0xfe18, 0xfe19],
  ),
  ...pairs(0xe816, [0x20087, 0x20089, 0x200cc]),
  ...pairs(0xe81e, [0x9fb4]),
  ...pairs(0xe826, [0x9fb5]),
  ...pairs(0xe82b, [0x9fb6, 0x9fb7]),
  ...pairs(0xe831, [0x215d7, 0x9fb8]),
  ...pairs(0xe83b, [0x2298f]),
  ...pairs(0xe843, [0x9fb9]),
  ...pairs(0xe854, [0x9fba, 0x241fe]),
  ...pairs(0xe864, [0x9fbb]),
]);
const PRIVATE_USE = /[\ue78d-\ue864]/g;

function pairs(first: number, codes: readonly number[]): [string, string][] {
  return codes.map((code, i) => [String.fromCharCode(first + i), String.fromCodePoint(code)]);
}

/** @param text decoded by the rules of 2005 */
export function asOf2022(text: string): string {
  return text.replace(PRIVATE_USE, (character) => SINCE_2022.get(character) ?? character);
}
