/** Where numbers stand on an axis, and which of them are written beside it. */

/** So many ticks an axis has at most, beside 0. */
const MOST_TICKS = 4;

/** How wide a Latin letter is at most, as a rule, beside its height. */
const WIDE_LATIN = 0.62;

/** @returns round numbers from 0 up to the first that is not below `most`; [0, 1] where there is nothing */
export function ticksUpTo(most: number): readonly number[] {
  const step = stepFor(Math.max(1, most));
  const count = Math.ceil(Math.max(1, most) / step);
  return Array.from({ length: count + 1 }, (_, i) => i * step);
}

/** 1, 2 or 5 times a power of ten; whole, since what is counted is. */
function stepFor(most: number): number {
  const rough = most / MOST_TICKS;
  const power = 10 ** Math.max(0, Math.floor(Math.log10(rough)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough) ?? power * 10;
}

/** Every which label is written, so that each has so much room. @param each what one takes, both in pixels */
export function labelEvery(count: number, width: number, each: number): number {
  return Math.max(1, Math.ceil((count * each) / Math.max(width, each)));
}

/** Cut so that it fits, with … at its end; the whole stands in the plot's table. @param width, size in pixels */
export function fitted(text: string, width: number, size: number): string {
  let room = width;
  const characters = Array.from(text);
  for (const [i, character] of characters.entries()) {
    room -= /[\u2e80-\uffef]/u.test(character) ? size : size * WIDE_LATIN;
    if (room < 0) return `${characters.slice(0, Math.max(0, i - 1)).join("")}…`;
  }
  return text;
}
