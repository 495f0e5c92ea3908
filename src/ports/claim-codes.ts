/**
 * Claim codes as an agency keeps them: of each there is a keyed hash, never the code. The comments are the
 * contract. Every method may end in Problem DISK_FAILED, STORE_BUSY or STORE_UNREACHABLE.
 */
import type { ClaimCodeText } from "../core/identifiers/claim-code.ts";
import type { IssuedPlace } from "./issued.ts";

export interface NewClaimCode extends IssuedPlace {
  readonly code: ClaimCodeText;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

export interface ClaimCode extends IssuedPlace {
  /** 16 hex digits that tell it from others, and say nothing of the code. */
  readonly id: string;
  /** Seconds since 1970. */
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Null until it is. */
  readonly usedAt: number | null;
  readonly revokedAt: number | null;
  /** How often it was entered, whatever came of it. */
  readonly attempts: number;
}

export interface ClaimCodeCounts {
  readonly open: number;
  readonly used: number;
  readonly expired: number;
  readonly revoked: number;
}

export interface ClaimCodes {
  /** All or none; earlier codes of the same certificates that are still open are revoked with it. */
  add(codes: readonly NewClaimCode[], now: number): Promise<void>;
  /** The newest first. */
  list(limit: number): Promise<readonly ClaimCode[]>;
  counts(now: number): Promise<ClaimCodeCounts>;
  /** By an id's first digits; null where none, or more than one, has them. */
  find(idStart: string): Promise<ClaimCode | null>;
  /** False where it was used or revoked before. */
  revoke(id: string, now: number): Promise<boolean>;
  /** Counts the attempt. Null for a code that was never given out. */
  enter(code: ClaimCodeText): Promise<ClaimCode | null>;
  /**
   * Counts an attempt of whoever tries.
   * @param client what tells clients from each other; only a keyed hash of it is kept
   * @returns how many there were in this window, with this one
   */
  countAttempt(client: string, window: AttemptWindow): Promise<number>;
}

export interface AttemptWindow {
  readonly now: number;
  readonly seconds: number;
}
