/** One verification for a command: judged here from the chain, or asked of a verifier. */
import { postVerification } from "../adapters/rest/verifier-client.ts";
import { answerOf } from "../app/answer.ts";
import type { Answer } from "../app/answer.ts";
import { verifyPresentation } from "../app/verify-presentation.ts";
import type { Question } from "../app/verify-presentation.ts";
import { toHex } from "../core/encoding/bytes.ts";
import type { Given, LedgerView } from "../core/verify/case.ts";
import type { ReplayCache } from "../ports/replay-cache.ts";
import { primitives, systemClock } from "./system.ts";

/** The chain was read just now; a slow machine may take this long to judge. */
const MAX_LEDGER_AGE_SECONDS = 60;

/** A command judges once: nothing was shown to it before. */
const NOTHING_SEEN: ReplayCache = { isFirstUse: () => Promise.resolve(true) };

/**
 * @param view null where the chain can't be read: what can be said without it is said.
 * @param maxLedgerAge seconds past which the view is too old
 */
export async function judgeOnce(
  view: LedgerView | null,
  given: Given,
  question: Question,
  maxLedgerAge = MAX_LEDGER_AGE_SECONDS,
): Promise<Answer> {
  const tools = { primitives, clock: systemClock, replays: NOTHING_SEEN };
  const options = { ...tools, maxLedgerAge };
  return answerOf(await verifyPresentation(options, view, given, question));
}

/** Who asks a verifier. */
export interface Asker {
  /** Its API key; null asks as anyone, who is told no claims. */
  readonly key: string | null;
  /** What for (事由). */
  readonly useCause?: string;
  /** Whether the answer holds the signed receipt. */
  readonly isReceiptSigned?: boolean;
}

const ANYONE: Asker = { key: null };

/** @throws Problem what the service says is wrong, in its own code; USAGE, SERVER_UNREACHABLE, SERVER_FAULT */
export async function askVerifier(
  server: string,
  given: Given,
  { nonce, ...question }: Question,
  timeoutMs: number,
  { key, useCause, isReceiptSigned = false }: Asker = ANYONE,
): Promise<Answer> {
  const body = {
    ...question,
    ...(useCause !== undefined && { useCause }),
    ...(nonce !== undefined && { nonce: toHex(nonce) }),
    ...(isReceiptSigned && { receipt: "signed" }),
    ...shownTo(given),
  };
  return (await postVerification(server, body, timeoutMs, key)) as Answer;
}

function shownTo(given: Given): Record<string, unknown> {
  if ("qr" in given) return { presentation: given.qr };
  return { certificate: "file" in given ? (JSON.parse(given.file) as unknown) : given.certificate };
}
