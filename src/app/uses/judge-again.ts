/** Judges what a receipt is about once more, on the chain as it was: the same verdict, or what differs. */
import { toHex } from "../../core/encoding/bytes.ts";
import type { Primitives } from "../../core/hashing.ts";
import { batchKey } from "../../core/ledger/state.ts";
import { codesOf, resultLetters } from "../../core/uses/check-results.ts";
import { shownDigest } from "../../core/uses/shown-digest.ts";
import type { Use, UsePosition, UseQuestion } from "../../core/uses/use.ts";
import type { CounterRequest, Given, LedgerView } from "../../core/verify/case.ts";
import { readGiven } from "../../core/verify/checks/format.ts";
import type { Verdict } from "../../core/verify/verdict.ts";
import { judge } from "../../core/verify/verify.ts";
import type { ChainReader } from "../../ports/chain-reader.ts";
import type { Progress } from "../../ports/progress.ts";
import { replayTo } from "./replay-to.ts";
import type { Receipt } from "./receipt.ts";

export interface JudgeAgainOptions {
  readonly chain: ChainReader;
  readonly primitives: Primitives;
  readonly progress?: Progress;
}

/** What is not as the receipt says. */
export interface Difference {
  readonly what: "ledger" | "shown" | "block" | "verdict" | "checks" | "codes";
  readonly receipt: string;
  readonly now: string;
}

export interface JudgedAgain {
  /** Null where it was not judged again, because what it would rest on differs. */
  readonly verdict: Verdict | null;
  readonly differences: readonly Difference[];
}

/** Stands for the number of a chain that was never met. */
const UNMET = 0;

/** @throws Problem RPC_… */
export async function judgeAgain(
  options: JudgeAgainOptions,
  { use, ledger }: Receipt,
  given: Given,
): Promise<JudgedAgain> {
  const { chain, primitives } = options;
  const { directory } = chain.identity;
  // Before a service met its chain it knew its directory alone, and judged on nothing that a chain says.
  const isUnmet = use.position === null && ledger.chainId === UNMET;
  const chainId = isUnmet ? UNMET : chain.identity.chainId;
  const ground = [
    ...differing("ledger", ledgerWords(ledger), ledgerWords({ chainId, directory })),
    ...differing("shown", hexOf(use.shown), hexOf(shownDigest(primitives.sha256, given))),
  ];
  if (ground.length > 0) return { verdict: null, differences: ground };
  const view = await viewAt(options, use.position, given);
  if (view !== null && use.position !== null) {
    const block = differing("block", `0x${toHex(use.position.hash)}`, view.block.hash);
    if (block.length > 0) return { verdict: null, differences: block };
  }
  const verdict = judge(readGiven(given), view, requestOf(use), primitives);
  return { verdict, differences: compare(use, verdict) };
}

function ledgerWords({ chainId, directory }: Receipt["ledger"]): string {
  return `chain ${String(chainId)}, directory ${directory}`;
}

function hexOf(bytes: Uint8Array | null): string {
  return bytes === null ? "unreadable" : toHex(bytes);
}

function differing(what: Difference["what"], receipt: string, now: string): Difference[] {
  return receipt === now ? [] : [{ what, receipt, now }];
}

/** The state after that block, with what was pending then. */
async function viewAt(
  { chain, progress }: JudgeAgainOptions,
  position: UsePosition | null,
  given: Given,
): Promise<LedgerView | null> {
  if (position === null) return null;
  const { state, block } = await replayTo(chain, position.block, progress);
  const batch = position.isPending ? batchOf(given) : null;
  return { state, block, asOf: position.asOf, pending: new Set(batch === null ? [] : [batch]) };
}

function batchOf(given: Given): string | null {
  const shown = readGiven(given);
  if ("result" in shown) return null;
  return batchKey(shown.proof.agency, `0x${toHex(shown.proof.root)}`);
}

function requestOf({ at: now, question }: Use): CounterRequest {
  const { requiresHolder, requiredClaims, isReplayed, maxLedgerAge } = question;
  const flags = { requiresHolder, requiredClaims, isReplayed, maxLedgerAge };
  return { now, ...flags, ...said(question) };
}

/** Only what was asked: an absent member and null are not the same to the judge. */
function said(question: UseQuestion): Partial<CounterRequest> {
  const { at, shownAt, asKnownAt, region, purpose, serviceItem, audience, nonce } = question;
  const members = { at, shownAt, asKnownAt, region, purpose, serviceItem, audience, nonce };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
}

function compare(use: Use, { verdict, checks }: Verdict): Difference[] {
  return [
    ...differing("verdict", use.verdict, verdict),
    ...differing("checks", use.results, resultLetters(checks)),
    ...differing("codes", use.codes.join(" "), codesOf(checks).join(" ")),
  ];
}
