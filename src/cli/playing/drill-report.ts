/** What a drill has measured, for each verifier and in sum. */
import type { Answer } from "../../app/answer.ts";
import type { Words } from "../../core/words.ts";
import type { Watched } from "./drill-watch.ts";

/** What is promised: from the block of the authority's word until the last verifier heeds it. */
const TARGET_MS = 2_000;

export interface VerifierReport {
  readonly server: string;
  /** From the block of the distrust until this verifier rejected the forgery; null: not within 30 s. */
  readonly rejectedAfterMs: number | null;
  readonly forged: string;
  /** Answers about certificates from before the theft while this was measured. */
  readonly goodAccepted: number;
  readonly goodRefused: number;
  /** What it says of the forgery once the distrust is lifted. */
  readonly lifted: string;
}

/** One event about the key, as the chain keeps it. */
export interface KeyEvent {
  readonly kind: string;
  readonly recordedAt: string;
  readonly words: Words;
  readonly basis: string;
}

export interface DrillReport {
  readonly agency: string;
  readonly account: string;
  readonly since: string;
  readonly transaction: string;
  readonly verifiers: readonly VerifierReport[];
  readonly slowestMs: number | null;
  readonly targetMs: number;
  readonly isMet: boolean;
  /** What the chain tells of the key, the oldest first. */
  readonly history: readonly KeyEvent[];
}

export function verifierReport(
  { server, forged, awaitedAt, goodAccepted, goodRefused }: Watched,
  blockAt: number,
  lifted: Watched | undefined,
): VerifierReport {
  return {
    server,
    rejectedAfterMs: awaitedAt === null ? null : Math.round(awaitedAt - blockAt),
    forged: verdictOf(forged),
    goodAccepted,
    goodRefused,
    lifted: lifted === undefined ? "?" : verdictOf(lifted.forged),
  };
}

/** The verdict with the codes of what failed: "rejected ANCHOR_DISTRUSTED". */
function verdictOf({ verdict, checks }: Answer): string {
  const failed = checks.filter(({ result }) => result === "fail" || result === "unknown");
  return [verdict, ...failed.map(({ code }) => String(code))].join(" ");
}

export function summaryOf(
  verifiers: readonly VerifierReport[],
): Pick<DrillReport, "slowestMs" | "targetMs" | "isMet"> {
  const times = verifiers.map(({ rejectedAfterMs }) => rejectedAfterMs ?? Infinity);
  const slowest = Math.max(...times);
  const isUnharmed = verifiers.every(({ goodRefused }) => goodRefused === 0);
  return {
    slowestMs: Number.isFinite(slowest) ? slowest : null,
    targetMs: TARGET_MS,
    isMet: slowest < TARGET_MS && isUnharmed,
  };
}
