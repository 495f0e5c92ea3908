/** Calls that may be repeated without being done twice, for all instances. The comments are the contract. */
export interface RepeatedCalls {
  /**
   * An attempt for whoever is to do the work: the first caller with that key, again once `expiresAt` of the one
   * before has passed, and, for the same request, whoever comes first after an attempt let its lease run out
   * unanswered. For every other caller, also at once, what was said and left. The database's clock decides.
   */
  begin(call: BegunCall, now: number): Promise<Attempt | RepeatedCall>;
  /** Makes the lease last so long from now, unless another attempt has begun since. */
  renew(key: string, attempt: Attempt, leaseMilliseconds: number): Promise<void>;
  /**
   * Keeps the answer for whoever calls again. Null where it is kept; otherwise the one that another attempt at
   * the same call has left before, which stays.
   */
  keep(key: string, attempt: Attempt, answer: Uint8Array): Promise<Uint8Array | null>;
  /** The work was not done: the next caller with the same request begins another attempt at once. */
  release(key: string, attempt: Attempt): Promise<void>;
}

export interface BegunCall {
  readonly key: string;
  /** Tells one request from another. */
  readonly request: string;
  /** What names the call where this begins it: no other call, of whatever key or time, has the same. */
  readonly call: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
  /** For so long nobody else works on it. */
  readonly leaseMilliseconds: number;
}

/** One attempt at a call. What was used up by one is so by all of the same call, and by no other. */
export interface Attempt {
  readonly call: string;
  /** From 1. */
  readonly number: number;
  /** When the first began, in seconds since 1970. */
  readonly begunAt: number;
}

export interface RepeatedCall {
  readonly request: string;
  /** Null while the work is being done. */
  readonly answer: Uint8Array | null;
}
