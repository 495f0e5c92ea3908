/** How codes, times and statuses are written on the screen: always in Chinese and English. */
import { regionWords } from "../../app/answer.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import type { Words } from "../../core/words.ts";

const NO_END = "—";

/** 上海市 Shanghai */
export function regionText(code: string): string {
  return both(regionWords(code));
}

export function both({ zh, en }: Words): string {
  return `${zh} ${en}`;
}

/** A time, or a dash for 'no end'. */
export function endText(end: number | null): string {
  return end === null ? NO_END : formatInstant(end);
}

/** 4 to 1 → A (signed and sealed by the issuing authority) to D (self-stated). */
export function assuranceLetter(level: number): string {
  return "DCBA"[level - 1] ?? NO_END;
}
