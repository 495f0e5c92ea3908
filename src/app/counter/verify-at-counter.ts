/**
 * One verification for whoever calls, in this order: judge; refuse what may not be told, with nothing used up;
 * use up what is good once; keep the use; only then answer.
 */
import { Problem } from "../../core/problem.ts";
import type { ServiceItem } from "../../core/service-items/service-item.ts";
import type { CounterRequest, Given } from "../../core/verify/case.ts";
import { readGiven } from "../../core/verify/checks/format.ts";
import type { UseMode } from "../../core/uses/use.ts";
import type { Caller, Client } from "../../ports/clients.ts";
import type {
  ReceiptReference,
  SignedReceipt,
  UseFacts,
  UseRecorder,
} from "../uses/use-recorder.ts";
import { judgeNow, useUp } from "../verify-presentation.ts";
import type { Judged, Question, Reading } from "../verify-presentation.ts";
import type { CounterAnswer, Telling } from "./counter-answer.ts";
import { answerToAnyone, answerToClient, tellingOf } from "./counter-answer.ts";
import type { VerifyingDesk } from "./counter-desk.ts";
import { asClient, itemAskedFor, withDemands } from "./counter-question.ts";

export interface CounterQuestion extends Question {
  /** What for (事由), in the clerk's words. */
  readonly useCause?: string;
  /** Whether the answer is to hold the signed receipt. */
  readonly isReceiptSigned?: boolean;
}

/** How something came to be shown, where it was not just scanned. */
export interface Showing extends Pick<CounterRequest, "shownAt"> {
  readonly mode?: UseMode;
  /** Decides, at the last moment, that it is shown for the first time. @throws Problem where it is not */
  readonly claim?: () => Promise<void>;
}

/** @throws Problem USE_CAUSE_REQUIRED, COUNTER_MISMATCH, PURPOSE_NOT_ALLOWED, USE_NOT_KEPT, those of the stores */
export async function verifyAtCounter(
  desk: VerifyingDesk,
  caller: Caller,
  given: Given,
  asked: CounterQuestion,
  showing: Showing = {},
): Promise<CounterAnswer> {
  const { client } = caller;
  const { useCause, isReceiptSigned, ...question } = asked;
  const item = itemAskedFor(desk.items, client, question.purpose);
  const reading = readGiven(given);
  const shown = whenShown(desk, caller, showing);
  const judged = judgeAs(desk, client, reading, { item, question, ...shown });
  const telling = tellingOf(desk, client, item, judged);
  requireCause(telling, useCause);
  await showing.claim?.();
  const settled = await useUp(desk, reading, judged, callOf(caller));
  const receipt = await keep(desk.uses, isReceiptSigned === true, {
    ...{ caller, given, judged: settled, useCause: useCause ?? null },
    mode: showing.mode ?? usualMode(given),
    claims: Object.keys(telling.claims),
  });
  desk.onVerdict?.(settled.verdict);
  return client === null ? answerToAnyone(settled) : answerToClient(settled, telling, receipt);
}

/** What is not kept is not given out: where keeping fails, so does the verification. */
function keep(
  uses: UseRecorder,
  isReceiptSigned: boolean,
  use: UseFacts,
): Promise<ReceiptReference | SignedReceipt> {
  return isReceiptSigned ? uses.recordSigned(use) : uses.record(use);
}

/** What names the call, where it may be repeated. */
export function callOf({ attempt }: Caller): string | null {
  return attempt?.call ?? null;
}

/** What was shown to an attempt that came to nothing was shown then: it may have run out since. */
function whenShown(
  { clock }: VerifyingDesk,
  { attempt }: Caller,
  { shownAt }: Showing,
): Pick<CounterRequest, "shownAt"> {
  if (shownAt !== undefined) return { shownAt };
  if (attempt === undefined || attempt.number === 1) return {};
  return { shownAt: Math.min(attempt.begunAt, clock.now()) };
}

interface Matter extends Pick<CounterRequest, "shownAt"> {
  readonly item: ServiceItem | null;
  readonly question: Question;
}

function judgeAs(
  desk: VerifyingDesk,
  client: Client | null,
  reading: Reading,
  { item, question, ...when }: Matter,
): Judged {
  const view = desk.view();
  const demanded = withDemands(item, view, reading, asClient(client, question));
  const work = (): Judged => judgeNow(desk, view, reading, { ...demanded, ...when });
  return desk.around === undefined ? work() : desk.around("judge", work);
}

function requireCause({ personal }: Telling, useCause: string | undefined): void {
  if (personal.length === 0 || useCause !== undefined) return;
  throw new Problem("USE_CAUSE_REQUIRED", `body.useCause: for ${personal.join(", ")}`);
}

function usualMode(given: Given): UseMode {
  return "qr" in given ? "qr" : "file";
}
