/** What a caller wants verified, however it is shown: itself, by reference, or as the answer to a request. */
import { parseReference } from "../../core/presentation/qr-text.ts";
import type { Reference } from "../../core/presentation/qr-text.ts";
import { Problem } from "../../core/problem.ts";
import type { UseMode } from "../../core/uses/use.ts";
import type { Given } from "../../core/verify/case.ts";
import type { Caller } from "../../ports/clients.ts";
import { isToldClaims } from "./counter-answer.ts";
import type { CounterAnswer } from "./counter-answer.ts";
import type { CounterDesk } from "./counter-desk.ts";
import { verifyAnswer } from "./presentation-requests.ts";
import { followReference } from "./references.ts";
import { callOf, verifyAtCounter } from "./verify-at-counter.ts";
import type { CounterQuestion } from "./verify-at-counter.ts";

export type VerificationOrder = OrderOfShown | OrderOfRequest;

interface OrderOfShown {
  readonly given: Given;
  readonly question: CounterQuestion;
  /** Where it is not told by what is given. */
  readonly mode?: UseMode;
}

/** All that is asked was said with the request. */
interface OrderOfRequest {
  readonly request: string;
  readonly isReceiptSigned: boolean;
}

/** @throws Problem those of verifyAtCounter, verifyAnswer and followReference */
export function carryOut(
  desk: CounterDesk,
  caller: Caller,
  order: VerificationOrder,
): Promise<CounterAnswer> {
  if ("request" in order) return verifyAnswer(desk, caller, order.request, order.isReceiptSigned);
  const { given, question, mode } = order;
  const reference = "qr" in given ? parseReference(given.qr) : null;
  if (reference !== null) return verifyReferred(desk, caller, reference, question);
  return verifyAtCounter(desk, caller, given, question, mode === undefined ? {} : { mode });
}

/** A reference is good once: what would be refused for want of a cause is refused before it is taken. */
async function verifyReferred(
  desk: CounterDesk,
  caller: Caller,
  reference: Reference,
  question: CounterQuestion,
): Promise<CounterAnswer> {
  if (isToldClaims(caller.client) && question.useCause === undefined) {
    throw new Problem("USE_CAUSE_REQUIRED", "body.useCause: a reference can be taken only once");
  }
  const qr = await followReference(desk, reference, callOf(caller));
  return verifyAtCounter(desk, caller, { qr }, question, { mode: "reference" });
}
