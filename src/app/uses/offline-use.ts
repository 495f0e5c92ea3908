/**
 * A use as a device tells it that verified without a network: who and what is not in it, but which certificate
 * of which batch, from which the service makes its pseudonym.
 */
import type { CheckCode } from "../../core/verify/codes.ts";

/** Bytes are lower-case hex (roots and block hashes with 0x), times RFC 3339. */
export interface OfflineUse {
  readonly at: string;
  /** Null where what was shown is none, or was not proven to be it. */
  readonly certificate: OfflineCertificate | null;
  /** SHA-256 of what was shown, as `shownDigest` makes it; null for what could not be read at all. */
  readonly shown: string | null;
  /** The clerk's words (事由), of which only a pseudonym is kept. */
  readonly useCause: string | null;
  /** Whether somebody showed it for its holder (代亮). */
  readonly isByDelegate: boolean;
  /** Names of the claims that were told, masked or not. */
  readonly claims: readonly string[];
  readonly question: OfflineQuestion;
  /** A letter for each check in its order, as `resultLetters` writes them: the verdict follows from them. */
  readonly results: string;
  /** Of the checks that failed or are unknown, in the order of the checks. */
  readonly codes: readonly CheckCode[];
  /** What the pack said of itself; null where there was none. */
  readonly position: OfflinePosition | null;
}

interface OfflineCertificate {
  readonly agency: string;
  readonly root: string;
  readonly index: number;
}

interface OfflineQuestion {
  readonly region: string | null;
  /** The service item (事项). */
  readonly purpose: string | null;
  /** Its code, where `purpose` says it otherwise. */
  readonly serviceItem: string | null;
  readonly requiresHolder: boolean;
  readonly requiredClaims: readonly string[];
  readonly isReplayed: boolean;
  /** Seconds. */
  readonly maxLedgerAge: number;
}

interface OfflinePosition {
  readonly block: number;
  readonly blockHash: string;
  readonly asOf: string;
  readonly isPending: boolean;
}
