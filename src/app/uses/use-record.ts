/** A use as JSON: what auditors list, and what a receipt says in words. */
import { toHex } from "../../core/encoding/bytes.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import { hasPassed } from "../../core/uses/check-results.ts";
import type { Use, UseMode, UseQuestion } from "../../core/uses/use.ts";
import type { CheckCode } from "../../core/verify/codes.ts";
import type { VerdictWord } from "../../core/verify/verdict.ts";

/** Bytes are lower-case hex, times RFC 3339. */
export interface UseRecord {
  readonly at: string;
  readonly mode: UseMode;
  readonly certificate: string | null;
  readonly shown: string | null;
  readonly client: string | null;
  readonly cause: string | null;
  readonly claims: readonly string[];
  /** The holder's proof, or that of a delegate. */
  readonly isHolderProven: boolean;
  readonly isByDelegate: boolean;
  readonly question: QuestionRecord;
  readonly verdict: VerdictWord;
  readonly results: string;
  readonly codes: readonly CheckCode[];
  readonly position: PositionRecord | null;
}

interface QuestionRecord extends Omit<UseQuestion, "at" | "shownAt" | "asKnownAt" | "nonce"> {
  readonly at: string | null;
  readonly shownAt: string | null;
  readonly asKnownAt: string | null;
  readonly nonce: string | null;
}

interface PositionRecord {
  readonly block: number;
  /** With 0x, as the chain writes it. */
  readonly blockHash: string;
  readonly asOf: string;
  readonly isPending: boolean;
}

export function useRecord(use: Use): UseRecord {
  const { at, mode, certificate, shown, client, cause, claims, verdict, results, codes } = use;
  return {
    at: formatInstant(at),
    mode,
    certificate: hexOf(certificate),
    shown: hexOf(shown),
    client,
    cause: hexOf(cause),
    claims,
    isHolderProven: hasPassed(results, "holder"),
    isByDelegate: use.isByDelegate,
    question: questionRecord(use.question),
    verdict,
    results,
    codes,
    position: positionRecord(use.position),
  };
}

function questionRecord({ at, shownAt, asKnownAt, nonce, ...rest }: UseQuestion): QuestionRecord {
  const times = { at: timeOf(at), shownAt: timeOf(shownAt), asKnownAt: timeOf(asKnownAt) };
  return { ...times, nonce: hexOf(nonce), ...rest };
}

function positionRecord(position: Use["position"]): PositionRecord | null {
  if (position === null) return null;
  const { block, hash, asOf, isPending } = position;
  return { block, blockHash: `0x${toHex(hash)}`, asOf: formatInstant(asOf), isPending };
}

function hexOf(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : toHex(bytes);
}

function timeOf(seconds: number | null): string | null {
  return seconds === null ? null : formatInstant(seconds);
}
