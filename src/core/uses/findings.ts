/** What can be found wrong with a use log: stable codes with words. */
import type { Words } from "../words.ts";

export const USE_FINDINGS = {
  EDITED: {
    zh: "记录被改动：与前一条对不上",
    en: "A line was altered: it does not follow from the line before it.",
  },
  MISSING: { zh: "记录缺失", en: "Lines are missing." },
  MOVED: { zh: "记录被挪动：不在原来的位置", en: "A line stands where another stood." },
  ADDED: { zh: "末尾多出记录", en: "There are lines after the last one that was written." },
  CUT_OFF: { zh: "末尾记录被截去", en: "The end of a strand was cut off." },
  NOT_AS_ANCHORED: {
    zh: "与当时上链的值不符：其间的记录被整体替换",
    en: "It is not what was anchored: lines up to there were replaced, hashes and all.",
  },
  STRAND_MISSING: { zh: "整个链段缺失", en: "A whole strand is missing." },
  ERASED_EARLY: {
    zh: "到期清除的部分没有对应的上链记录",
    en: "Lines are said to have been erased in due time, but that place was never anchored.",
  },
} as const satisfies Record<string, Words>;

export type UseFindingCode = keyof typeof USE_FINDINGS;

/** Lines `from` to `to` of a strand; both 0 where it is the strand as a whole. */
export interface UseFinding {
  readonly code: UseFindingCode;
  readonly strand: string;
  readonly from: number;
  readonly to: number;
  readonly detail: string;
}
