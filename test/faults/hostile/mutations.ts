/**
 * Alters what a counter may be shown, in the ways that break parsers: bytes, texts, CBOR trees and JSON trees.
 * The same number gives the same alterations.
 */
import * as cborg from "cborg";
import type { Prng } from "../../../src/app/sample/prng.ts";

type ByteEdit = (dice: Prng, bytes: Uint8Array) => Uint8Array;

function splice(bytes: Uint8Array, at: number, remove: number, insert: Uint8Array): Uint8Array {
  return Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]);
}

function someBytes(dice: Prng, most: number): Uint8Array {
  return Uint8Array.from({ length: 1 + dice.below(most) }, () => dice.below(256));
}

/** Heads of CBOR that promise much: long strings, deep arrays, endless lists, floats, tags. */
const BOMBS = [
  [0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  [0xbb, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff],
  [0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  [0x7a, 0xff, 0xff, 0xff, 0xff],
  [0x5f],
  [0x9f],
  [0xff],
  [0xfb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0],
  [0xc2, 0x41, 0],
  [0xd8, 0x18, 0x40],
  [0x18, 0x17],
  Array.from({ length: 200 }, () => 0x81),
].map((bytes) => Uint8Array.from(bytes));

const BYTE_EDITS: readonly ByteEdit[] = [
  (dice, bytes) => {
    const copy = bytes.slice();
    const at = dice.below(copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << dice.below(8));
    return copy;
  },
  (dice, bytes) => splice(bytes, dice.below(bytes.length), 1 + dice.below(8), new Uint8Array()),
  (dice, bytes) => splice(bytes, dice.below(bytes.length + 1), 0, someBytes(dice, 16)),
  (dice, bytes) => splice(bytes, dice.below(bytes.length), 1 + dice.below(4), someBytes(dice, 4)),
  (dice, bytes) => bytes.subarray(0, dice.below(bytes.length)),
  (dice, bytes) => splice(bytes, dice.below(bytes.length), dice.below(3), dice.pick(BOMBS)),
  (dice, bytes) => {
    const from = dice.below(bytes.length);
    return splice(
      bytes,
      dice.below(bytes.length),
      dice.below(64),
      bytes.slice(from, from + 1 + dice.below(64)),
    );
  },
];

/** One to four edits. */
export function alterBytes(dice: Prng, bytes: Uint8Array): Uint8Array {
  let altered = bytes;
  for (let i = 1 + dice.below(4); i > 0 && altered.length > 0; i--) {
    altered = dice.pick(BYTE_EDITS)(dice, altered);
  }
  return altered;
}

/** Characters that have fooled someone: spaces, marks of direction, surrogates, other digits, the end of a text. */
const CHARACTERS = [
  ..." \0\t\n%:/#?&'\"<>\\$+-.*",
  ...["\u00a0", "\u200b", "\u202e", "\ufeff", "\ud800", "０", "ａ", "𝟙", "é", "\u0301"],
] as const;

/** One to four characters put in, taken out, doubled or turned into another case. */
export function alterText(dice: Prng, text: string): string {
  let altered = text;
  for (let i = 1 + dice.below(4); i > 0; i--) {
    const at = dice.below(altered.length + 1);
    const [before, after] = [altered.slice(0, at), altered.slice(at)];
    altered = dice.pick([
      before + dice.pick(CHARACTERS) + after,
      before + after.slice(1 + dice.below(3)),
      before + after.slice(0, 8) + after,
      before + after.toLowerCase(),
      after + before,
    ]);
  }
  return altered;
}

/** Values of every kind, such as parsers trip over. */
function hostileValue(dice: Prng): unknown {
  return dice.pick<() => unknown>([
    () => null,
    () => dice.pick([0, 1, -1, 2 ** 31, 2 ** 53, Number.MAX_SAFE_INTEGER, -(2 ** 53), 1e308]),
    () => dice.pick(["", "0", "__proto__", "constructor", "\u202eabc", "0x", "x".repeat(5_000)]),
    () => dice.pick([true, false]),
    () => dice.pick([[], {}, [[]], [null], { "": 0 }]),
    () => nested(8 + dice.below(120)),
    () => Array.from({ length: dice.below(600) }, () => 0),
  ])();
}

function nested(depth: number): unknown {
  return depth === 0 ? 0 : [nested(depth - 1)];
}

/** Puts something else into one place of a tree of lists, maps and values. */
export function alterTree(dice: Prng, tree: unknown): unknown {
  if (dice.below(4) === 0) return hostileValue(dice);
  if (tree instanceof Uint8Array) return alterBytes(dice, tree);
  if (tree instanceof Map) return alterMap(dice, tree);
  if (Array.isArray(tree)) return alterList(dice, tree);
  if (typeof tree === "object" && tree !== null) {
    const entries = alterMap(dice, new Map<unknown, unknown>(Object.entries(tree)));
    return Object.fromEntries([...entries].map(([name, value]) => [String(name), value]));
  }
  if (typeof tree === "string") return alterText(dice, tree);
  if (typeof tree === "number") return tree + dice.pick([-1, 1, 2 ** 32, -tree, 0.5]);
  return hostileValue(dice);
}

function alterList(dice: Prng, list: readonly unknown[]): unknown[] {
  const at = dice.below(list.length + 1);
  const copy = [...list];
  const edits: readonly (() => unknown)[] = [
    () => copy.splice(at, 1),
    () => copy.splice(at, 0, hostileValue(dice)),
    () => copy.splice(at, 0, ...copy.slice(at, at + 1)),
    () => copy.reverse(),
    () => copy.splice(at, 1, alterTree(dice, copy[at])),
    () => copy.splice(at, 1, alterTree(dice, copy[at])),
  ];
  dice.pick(edits)();
  return copy;
}

function alterMap(dice: Prng, map: ReadonlyMap<unknown, unknown>): Map<unknown, unknown> {
  const copy = new Map(map);
  const key = dice.pick([...map.keys()]);
  const value = map.get(key);
  const edits: readonly (() => unknown)[] = [
    () => copy.delete(key),
    () => copy.set(dice.pick<unknown>(["__proto__", "x", 99, -1]), hostileValue(dice)),
    () => copy.set(dice.pick([...map.keys()]), value),
    () => copy.set(key, alterTree(dice, value)),
    () => copy.set(key, alterTree(dice, value)),
  ];
  dice.pick(edits)();
  return copy;
}

/** Decodes, alters the tree, and encodes it again: what gets past a decoder's first look. */
export function alterCbor(dice: Prng, bytes: Uint8Array): Uint8Array {
  const tags = { [COSE_SIGN1]: (content: () => unknown) => content() };
  const tree: unknown = cborg.decode(bytes, { useMaps: true, tags });
  try {
    const encoded = cborg.encode(alterTree(dice, tree));
    return bytes[0] === 0xd2 ? Buffer.concat([Uint8Array.of(0xd2), encoded]) : encoded;
  } catch {
    // Of a number that CBOR has no place for.
    return alterBytes(dice, bytes);
  }
}

const COSE_SIGN1 = 18;
