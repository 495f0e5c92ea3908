/** Keeping uses (用证记录): what is handed in, what comes back, and the promise between. */
import type { Given } from "../../core/verify/case.ts";
import type { Use, UseMode } from "../../core/uses/use.ts";
import type { Caller } from "../../ports/clients.ts";
import type { Judged } from "../verify-presentation.ts";

/** One verification as it ended. What is kept of it is chosen here; the rest is forgotten. */
export interface UseFacts {
  readonly caller: Caller;
  readonly judged: Judged;
  readonly given: Given;
  readonly mode: UseMode;
  /** The words of the cause (事由), of which only a pseudonym is kept; null where none were given. */
  readonly useCause: string | null;
  /** Names of the claims that the answer gives out, masked or not; none where it gives none. */
  readonly claims: readonly string[];
}

/** What a counter is told of the record: nothing in it is secret. */
export interface ReceiptReference {
  readonly id: string;
  readonly strand: string;
  readonly number: number;
  /** SHA-256 in lower-case hex: of this entry and, through the one before it, of all before it. */
  readonly hash: string;
}

export interface SignedReceipt extends ReceiptReference {
  /** JWS, compact (RFC 7515), ES256. */
  readonly receipt: string;
}

export interface UseRecorder {
  /**
   * Resolves when the use is durable. Calls of one turn of the loop share a transaction.
   * @throws Problem USE_NOT_KEPT: then nothing may be given out
   */
  record(use: UseFacts): Promise<ReceiptReference>;
  /** The same, with the receipt that an auditor can judge again later. */
  recordSigned(use: UseFacts): Promise<SignedReceipt>;
}

/** Keeps what was verified elsewhere, of which nothing is chosen any more. */
export interface DoneUseRecorder {
  /** As UseRecorder.record. @throws Problem USE_NOT_KEPT */
  recordDone(use: Use): Promise<ReceiptReference>;
}
