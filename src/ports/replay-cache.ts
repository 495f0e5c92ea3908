/** What was shown once already. */

/** Remembers presentations until they would have run out anyway. */
export interface ReplayCache {
  /**
   * True for the first caller with this key and for every attempt at the same call, false for every other, also
   * under concurrency.
   * @param by what names the call; null for one that can't be repeated
   */
  isFirstUse(key: string, expiresAt: number, by: string | null): Promise<boolean>;
}
