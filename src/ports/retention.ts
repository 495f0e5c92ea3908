/** What a service's store keeps for a time only, and its erasure. The comments are the contract. */

/** How long is long enough. */
export interface RetentionLimits {
  /** Seconds since 1970. */
  readonly now: number;
  /** How long uses are kept, in days. */
  readonly useDays: number;
}

/** What is erased by itself, each with the words a person is told. */
export const KEPT_FOR_A_TIME = {
  replays: { zh: "防重放记录", en: "Presentations seen" },
  callCounts: { zh: "调用计数", en: "Counts of calls" },
  lockouts: { zh: "锁定记录", en: "Lockouts" },
  requests: { zh: "亮证请求", en: "Presentation requests" },
  requestCodes: { zh: "亮证请求码", en: "Codes of presentation requests" },
  held: { zh: "暂存的亮证内容", en: "Presentations held for a reference" },
  repeatedCalls: { zh: "可重复提交的答复", en: "Answers to calls that may be repeated" },
  uses: { zh: "用证记录", en: "Uses of certificates" },
} as const;
export type KeptForATime = keyof typeof KEPT_FOR_A_TIME;

export interface Outlived {
  readonly what: KeptForATime;
  /** Rows that are past their time. */
  readonly count: number;
}

export interface Retention {
  /** How many rows of each kind are past their time. Erases nothing. */
  outlived(limits: RetentionLimits): Promise<readonly Outlived[]>;
  /**
   * Erases them, some at a time, so that nobody waits long for it. What they held is overwritten where
   * the database can. @returns what was erased
   */
  erase(limits: RetentionLimits): Promise<readonly Outlived[]>;
  /** One instance is at it at a time: null where another is. */
  lock(): Promise<{ release(): Promise<void> } | null>;
}
