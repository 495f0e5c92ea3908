/**
 * A set of keyed digests of certificate numbers, exact for all that 16 bytes tell apart, and small: one after
 * the other in open tables, 256 of them, each of which grows by itself. Ten million take about 270 MB, where a
 * Set of strings takes a gigabyte.
 */
import { NUMBER_DIGEST_BYTES } from "../../ports/agency-store.ts";

export const NUMBER_DIGEST_WORDS = NUMBER_DIGEST_BYTES / 4;

const TABLES = 256;
const FIRST_SLOTS = 16;
/** Of all slots: past it, looking for a free one takes too long. */
const MAX_FILLED = 0.8;

export class DigestSet {
  readonly #tables = Array.from({ length: TABLES }, () => new DigestTable());
  /** A free slot is all zeros, so the digest that is has no slot. */
  #hasZero = false;

  /**
   * @param digests one after the other, as words. @param at the word where the digest begins
   * @returns whether it was not in the set before
   */
  add(digests: Uint32Array, at: number): boolean {
    if (!isFree(digests, at))
      return (this.#tables[(digests[at] as number) & 0xff] as DigestTable).add(digests, at);
    const isNew = !this.#hasZero;
    this.#hasZero = true;
    return isNew;
  }
}

class DigestTable {
  #slots = new Uint32Array(FIRST_SLOTS * NUMBER_DIGEST_WORDS);
  #count = 0;

  add(words: Uint32Array, at: number): boolean {
    const slot = slotOf(this.#slots, words, at);
    if (!isFree(this.#slots, slot)) return false;
    copyWords(words, at, this.#slots, slot);
    this.#count++;
    if (this.#count * NUMBER_DIGEST_WORDS > MAX_FILLED * this.#slots.length) this.#grow();
    return true;
  }

  #grow(): void {
    const old = this.#slots;
    const slots = new Uint32Array(2 * old.length);
    for (let at = 0; at < old.length; at += NUMBER_DIGEST_WORDS) {
      if (!isFree(old, at)) copyWords(old, at, slots, slotOf(slots, old, at));
    }
    this.#slots = slots;
  }
}

/** Where the digest is, or the free slot where it would go: words after the first choose it. */
function slotOf(slots: Uint32Array, words: Uint32Array, at: number): number {
  const mask = slots.length - 1;
  const start = (words[at + 1] as number) * NUMBER_DIGEST_WORDS;
  for (let slot = start & mask; ; slot = (slot + NUMBER_DIGEST_WORDS) & mask) {
    if (isFree(slots, slot) || isSame(slots, slot, words, at)) return slot;
  }
}

/** For so few, a view and a call of the platform's cost many times as much. */
function copyWords(from: Uint32Array, at: number, to: Uint32Array, slot: number): void {
  for (let i = 0; i < NUMBER_DIGEST_WORDS; i++) to[slot + i] = from[at + i] as number;
}

function isFree(words: Uint32Array, at: number): boolean {
  for (let i = 0; i < NUMBER_DIGEST_WORDS; i++) if (words[at + i] !== 0) return false;
  return true;
}

function isSame(a: Uint32Array, atA: number, b: Uint32Array, atB: number): boolean {
  for (let i = 0; i < NUMBER_DIGEST_WORDS; i++) if (a[atA + i] !== b[atB + i]) return false;
  return true;
}
