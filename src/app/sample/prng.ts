/**
 * A small seeded generator of pseudo-random numbers for samples: sfc32 (Chris Doty-Humphrey's Small
 * Fast Counter, from PractRand), its state taken from the seed text by FNV-1a. Not for salts or keys.
 */

export interface Prng {
  /** An integer from 0 to `limit` − 1; `limit` at most 2^32. */
  below(limit: number): number;
  pick<T>(list: readonly T[]): T;
}

/** The same seed gives the same numbers on every machine. */
export function createPrng(seed: string): Prng {
  const next = sfc32(fnv1a(seed, 1), fnv1a(seed, 2), fnv1a(seed, 3));
  const below = (limit: number) => Math.floor((next() / 2 ** 32) * limit);
  return { below, pick: <T>(list: readonly T[]) => list[below(list.length)] as T };
}

const WARM_UP_ROUNDS = 16;

function sfc32(a: number, b: number, c: number): () => number {
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < WARM_UP_ROUNDS; i++) next();
  return next;
}

/** FNV-1a, 32 bits, over the text's UTF-16 code units behind a distinguishing number. */
function fnv1a(text: string, distinguisher: number): number {
  const units = [distinguisher, ...Array.from(text, (_, i) => text.charCodeAt(i))];
  return units.reduce((hash, unit) => Math.imul(hash ^ unit, 0x0100_0193), 0x811c_9dc5 | 0);
}
