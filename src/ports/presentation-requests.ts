/**
 * What counters ask holders to show, and what holders leave to be fetched, shared by all instances. Times are
 * seconds since 1970. The comments are the contract; of several that want the same at once the database decides.
 */

/** A counter's question (亮证请求). All of it is told to whoever is asked. */
export interface PresentationRequest {
  /** 128 random bits in base64url: who was shown it may look at it and answer it. */
  readonly id: string;
  /** Six digits, for a clerk to say aloud; no two requests that are kept share it. */
  readonly code: string;
  /** The id of the client that asks, and alone may have the answer. */
  readonly client: string;
  /** Who asks, as the presentation must name it. */
  readonly audience: string;
  readonly region: string | null;
  /** The service item (事项). */
  readonly purpose: string;
  /** What for (事由), in the clerk's words. */
  readonly useCause: string;
  readonly type: string;
  /** Names of the claims wanted, each of them. */
  readonly claims: readonly string[];
  /** Whether the holder's own key must have signed. */
  readonly requiresHolder: boolean;
  /** What the presentation must answer: 16 random bytes. */
  readonly nonce: Uint8Array;
  readonly createdAt: number;
  /** Until when it may be answered. */
  readonly expiresAt: number;
}

export interface KeptRequest extends PresentationRequest {
  /** Null while it is not answered. */
  readonly answeredAt: number | null;
  /** Until when the answer may be verified; null while there is none. */
  readonly keptUntil: number | null;
  /** Null until the answer was verified. */
  readonly verifiedAt: number | null;
}

/** A presentation, sealed. */
export interface SealedAnswer {
  readonly sealed: Uint8Array;
  readonly answeredAt: number;
  readonly keptUntil: number;
}

export interface PresentationRequests {
  /** False, and nothing is kept, where another that is kept has the code. */
  add(request: PresentationRequest): Promise<boolean>;
  /** Null where there is none, or not any more. */
  find(id: string): Promise<KeptRequest | null>;
  findByCode(code: string): Promise<KeptRequest | null>;
  /** True for the first answer before the request runs out, false for every other. */
  answer(id: string, answer: SealedAnswer): Promise<boolean>;
  /**
   * Without using it up; null where there is none (any more).
   * @param by what names a call that may be repeated, null for another: for the call that has spent it, it is there
   */
  answerTo(id: string, now: number, by: string | null): Promise<Uint8Array | null>;
  /**
   * Uses the answer up, and forgets it where the call can't be repeated. True for the first caller while it is kept
   * and for every attempt at the same call, false for every other.
   */
  spend(id: string, now: number, by: string | null): Promise<boolean>;
}

/** Presentations that a code refers to, sealed, each to be taken once. */
export interface HeldPresentations {
  /** @param key of the code, not the code itself: who reads the store can't take anything with it */
  hold(key: string, sealed: Uint8Array, expiresAt: number): Promise<void>;
  /**
   * For the first caller before it runs out and for every attempt at the same call; null for every other.
   * @param by what names a call that may be repeated, null for another
   */
  take(key: string, now: number, by: string | null): Promise<Uint8Array | null>;
}

/** Other verification services, by the name in a reference code. */
export interface ReferencePeers {
  /** Whether a code that names this host may be followed. */
  knows(host: string): boolean;
  /**
   * Takes what the token refers to, once. Asks the address configured for the host and no other.
   * @param by what names a call that may be repeated, null for another: the same may take it again
   * @returns the text of the presentation, or null where the token is unknown, used or past
   * @throws Problem REFERENCE_UNREACHABLE
   */
  take(host: string, token: string, by: string | null): Promise<string | null>;
}
