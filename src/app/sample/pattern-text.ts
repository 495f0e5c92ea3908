/**
 * Texts that match a regular expression, for the plain expressions that number patterns are: literal
 * characters, `\d`, `\p{Script=Han}`, classes, groups with alternatives, `?` and counts in braces.
 */
import type { Prng } from "./prng.ts";

/** Stands for any Chinese characters. */
const HAN_TEXT = ["样", "例"];
const DIGITS = Array.from("0123456789");
const TOKEN =
  /\\p\{Script=Han\}|\\.|\[(?:[^\]\\]|\\.)+\]|\((?:\?:|(?!\?))|[)|]|[^\\[\](){}?*+|^$.]|\{\d+(?:,\d+)?\}|\?|[\^$]/uy;
/** How many more than the fewest repetitions are made at most. */
const EXTRA_REPETITIONS = 2;

/** The characters that may stand at one position. */
type Slot = readonly string[];

/**
 * A text that matches. The last positions count `serial`, a number below `count`, so texts of
 * different serials differ.
 * @throws RangeError for an expression this doesn't understand, or one that has too few texts.
 */
export function patternText(pattern: string, prng: Prng, serial: number, count: number): string {
  const slots = expand(tokensOf(pattern), prng);
  const text = slots.map((slot) => prng.pick(slot));
  let [rest, capacity] = [serial, 1];
  for (let i = slots.length - 1; i >= 0 && capacity < count; i--) {
    const slot = slots[i] as Slot;
    text[i] = slot[rest % slot.length] as string;
    rest = Math.floor(rest / slot.length);
    capacity *= slot.length;
  }
  if (capacity < count) throw new RangeError(`${pattern} has fewer than ${String(count)} texts`);
  return text.join("");
}

function tokensOf(pattern: string): string[] {
  const tokens: string[] = [];
  const scanner = new RegExp(TOKEN);
  while (scanner.lastIndex < pattern.length) {
    const at = scanner.lastIndex;
    const match = scanner.exec(pattern);
    if (match === null) throw new RangeError(`${pattern} is not understood at ${String(at)}`);
    tokens.push(match[0]);
  }
  return tokens.filter((token) => token !== "^" && token !== "$");
}

function expand(tokens: readonly string[], prng: Prng): Slot[] {
  const alternatives = splitAlternatives(tokens);
  if (alternatives.length > 1) return expand(prng.pick(alternatives), prng);
  const slots: Slot[] = [];
  for (let at = 0; at < tokens.length;) {
    const end = endOfItem(tokens, at);
    const [repetitions, next] = repetitionsAt(tokens, end, prng);
    for (let i = 0; i < repetitions; i++) slots.push(...expandItem(tokens.slice(at, end), prng, i));
    at = next;
  }
  return slots;
}

function splitAlternatives(tokens: readonly string[]): string[][] {
  const alternatives: string[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token === "|" && depth === 0) alternatives.push([]);
    else (alternatives.at(-1) as string[]).push(token);
    depth += token.startsWith("(") ? 1 : token === ")" ? -1 : 0;
  }
  return alternatives;
}

/** A group goes on to its bracket; everything else is one token. */
function endOfItem(tokens: readonly string[], start: number): number {
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    const token = tokens[at] as string;
    depth += token.startsWith("(") ? 1 : token === ")" ? -1 : 0;
    if (depth === 0) return at + 1;
  }
  throw new RangeError("a group is not closed");
}

function repetitionsAt(
  tokens: readonly string[],
  at: number,
  prng: Prng,
): [repetitions: number, next: number] {
  const token = tokens[at] ?? "";
  if (token === "?") return [prng.below(2), at + 1];
  if (!/^\{\d/.test(token)) return [1, at];
  const [least, most] = token.slice(1, -1).split(",").map(Number) as [number, number?];
  const extra = Math.min((most ?? least) - least, EXTRA_REPETITIONS);
  return [least + prng.below(extra + 1), at + 1];
}

function expandItem(item: readonly string[], prng: Prng, repetition: number): Slot[] {
  const token = item[0] as string;
  if (token.startsWith("(")) return expand(item.slice(1, -1), prng);
  if (token === "\\d") return [DIGITS];
  if (token.startsWith("\\p")) return [[HAN_TEXT[repetition % HAN_TEXT.length] as string]];
  if (token.startsWith("[")) return [membersOf(token)];
  return [[token.replace("\\", "")]];
}

/** A type's few classes are asked for again with every record. */
const MEMBERS = new Map<string, readonly string[]>();

function membersOf(token: string): readonly string[] {
  const known = MEMBERS.get(token);
  if (known !== undefined) return known;
  const members = classMembers(token.slice(1, -1));
  MEMBERS.set(token, members);
  return members;
}

/** The members of a class: single characters, ranges and `\d`. */
function classMembers(source: string): string[] {
  const parts = source.match(/\\d|\\?.-\\?.|\\?./gsu) as string[];
  return parts.flatMap((part) => {
    if (part === "\\d") return DIGITS;
    const [from, to] = Array.from(part.replaceAll("\\", "").replace(/^(.)-(.)$/su, "$1$2"));
    return range(from as string, to ?? (from as string));
  });
}

function range(from: string, to: string): string[] {
  const first = from.codePointAt(0) as number;
  const length = (to.codePointAt(0) as number) - first + 1;
  return Array.from({ length }, (_, i) => String.fromCodePoint(first + i));
}
