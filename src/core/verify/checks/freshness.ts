/** 9. Is the presentation new, and for this counter? */
import { equalBytes } from "../../encoding/bytes.ts";
import type { Presentation } from "../../presentation/presentation.ts";
import type { Case, CounterRequest } from "../case.ts";
import type { CheckOutcome } from "../check.ts";
import { fail, notAsked, pass } from "../check.ts";

/** How far a phone's clock may run ahead of the counter's, in seconds. */
export const MAX_CLOCK_SKEW_SECONDS = 30;
/** No signed presentation lives longer, whatever it says of itself, in seconds. */
export const MAX_PRESENTATION_SECONDS = 300;

export function checkFreshness({ shown, request }: Case): CheckOutcome {
  const presentation = shown.presentation;
  const nonce = checkNonce(presentation, request);
  if (nonce !== pass) return nonce;
  if (presentation === null) return notAsked;
  if (presentation.audience !== undefined && presentation.audience !== request.audience) {
    return fail("AUDIENCE_MISMATCH", `it is for ${presentation.audience}`);
  }
  if (request.isReplayed === true) return fail("REPLAYED");
  return checkTimes(presentation, request);
}

function checkNonce(presentation: Presentation | null, { nonce }: CounterRequest): CheckOutcome {
  if (nonce === undefined) return pass;
  const answered = presentation?.nonce;
  return answered !== undefined && equalBytes(answered, nonce) ? pass : fail("NONCE_MISMATCH");
}

function checkTimes(presentation: Presentation, request: CounterRequest): CheckOutcome {
  const { issuedAt, expiresAt, sign1 } = presentation;
  const now = request.shownAt ?? request.now;
  if (issuedAt === undefined || expiresAt === undefined) return notAsked;
  if (issuedAt > now + MAX_CLOCK_SKEW_SECONDS) {
    return fail("CLOCK_SKEW", `${String(issuedAt - now)} s ahead`);
  }
  const longest = sign1 === undefined ? Infinity : issuedAt + MAX_PRESENTATION_SECONDS;
  const end = Math.min(expiresAt, longest);
  return now >= end ? fail("PRESENTATION_EXPIRED", `${String(now - end)} s ago`) : pass;
}
