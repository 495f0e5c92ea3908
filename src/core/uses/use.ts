/** A use (用证记录): that a certificate was verified, by whom and for what; never whose it is or what it says. */
import type { CheckCode } from "../verify/codes.ts";
import type { VerdictWord } from "../verify/verdict.ts";

/** How what was verified came to the counter. */
export const USE_MODES = ["qr", "file", "request", "reference", "batch", "offline"] as const;
export type UseMode = (typeof USE_MODES)[number];

/** Times are seconds since 1970. */
export interface Use {
  readonly at: number;
  readonly mode: UseMode;
  /** The certificate's pseudonym; null where what was shown is none. */
  readonly certificate: Uint8Array | null;
  /** SHA-256 of what was shown (see shownDigest); null for what could not be read at all. */
  readonly shown: Uint8Array | null;
  /** Null for anyone: someone with a phone. */
  readonly client: string | null;
  /** The pseudonym of the words that the counter gave as its cause (事由). */
  readonly cause: Uint8Array | null;
  /** Whether it was not the holder who showed it, but somebody whom the holder let do so. */
  readonly isByDelegate: boolean;
  /** Names of the claims that were given out, masked or not. */
  readonly claims: readonly string[];
  readonly question: UseQuestion;
  readonly verdict: VerdictWord;
  /** One letter for each check in its order: see resultLetters. */
  readonly results: string;
  /** Of the checks that failed or are unknown, in the order of the checks. */
  readonly codes: readonly CheckCode[];
  readonly position: UsePosition | null;
}

/** What was asked besides the time: with what was shown and the position, all that a verdict rests on. */
export interface UseQuestion {
  readonly at: number | null;
  /** When it was shown, where that was before it was judged. */
  readonly shownAt: number | null;
  readonly asKnownAt: number | null;
  readonly region: string | null;
  /** The service item (事项). */
  readonly purpose: string | null;
  /** Its code, where the purpose is another of its names. */
  readonly serviceItem: string | null;
  readonly audience: string | null;
  readonly nonce: Uint8Array | null;
  readonly requiresHolder: boolean;
  readonly requiredClaims: readonly string[];
  readonly isReplayed: boolean;
  /** Seconds. */
  readonly maxLedgerAge: number;
}

/** The state of the chain that was judged on. */
export interface UsePosition {
  readonly block: number;
  /** 32 bytes. */
  readonly hash: Uint8Array;
  /** When a node last confirmed it. */
  readonly asOf: number;
  /** Whether the batch was seen in a block that was not final yet. */
  readonly isPending: boolean;
}

/** Which ledger a strand's verdicts rest on. */
export interface StrandHeader {
  /** 6 bytes in lower-case hex, drawn when the strand begins. */
  readonly id: string;
  readonly chainId: number;
  /** The directory's address, lower case with 0x. */
  readonly directory: string;
  readonly startedAt: number;
}

/** The place of a use in the log. */
export interface UsePlace {
  readonly strand: string;
  /** From 1. */
  readonly number: number;
}
