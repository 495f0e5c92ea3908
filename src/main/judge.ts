/** One verification for a command: judged here from the chain, or asked of a verifier. */
import { postVerification } from "../adapters/rest/verifier-client.ts";
import { openVerifierStore } from "../adapters/store/verifier-store.ts";
import { answerOf } from "../app/answer.ts";
import type { Answer } from "../app/answer.ts";
import { verifyPresentation } from "../app/verify-presentation.ts";
import type { Question } from "../app/verify-presentation.ts";
import { toHex } from "../core/encoding/bytes.ts";
import type { Given, LedgerView } from "../core/verify/case.ts";
import { primitives, systemClock } from "./system.ts";

/** The chain was read just now; a slow machine may take this long to judge. */
const MAX_LEDGER_AGE_SECONDS = 60;

/** @param view null where the chain can't be read: what can be said without it is said. */
export async function judgeOnce(
  view: LedgerView | null,
  given: Given,
  question: Question,
): Promise<Answer> {
  const store = await openVerifierStore(":memory:", systemClock);
  try {
    const tools = { primitives, clock: systemClock, replays: store };
    const options = { ...tools, maxLedgerAge: MAX_LEDGER_AGE_SECONDS };
    return answerOf(await verifyPresentation(options, view, given, question));
  } finally {
    await store.close();
  }
}

/** @throws Problem USAGE for a malformed address, SERVER_UNREACHABLE, SERVER_FAULT. */
export async function askVerifier(
  server: string,
  given: Given,
  { nonce, ...question }: Question,
  timeoutMs: number,
): Promise<Answer> {
  const body = {
    ...question,
    ...(nonce !== undefined && { nonce: toHex(nonce) }),
    ...shownTo(given),
  };
  return (await postVerification(server, body, timeoutMs)) as Answer;
}

function shownTo(given: Given): Record<string, unknown> {
  if ("qr" in given) return { presentation: given.qr };
  return { certificate: "file" in given ? (JSON.parse(given.file) as unknown) : given.certificate };
}
