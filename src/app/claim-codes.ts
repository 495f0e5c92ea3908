/** Claim codes (领证码): an agency gives one out for each certificate, and a citizen fetches it with that. */
import { CLAIM_CODE_RANDOM_BYTES, makeClaimCode } from "../core/identifiers/claim-code.ts";
import type { Clock, Randomness } from "../ports/clock.ts";
import type { IssuedPlace } from "../ports/issued.ts";
import type { AgencyStore } from "../ports/agency-store.ts";
import type { ClaimCode, NewClaimCode } from "../ports/claim-codes.ts";

export interface ClaimTools {
  readonly store: AgencyStore;
  readonly clock: Clock;
}

/** Attempts are counted over so many seconds, and so many are allowed where nothing else is said. */
export const ATTEMPT_SECONDS = 15 * 60;
export const USUAL_ATTEMPTS = 10;

/** One for each place, kept once this returns. @param seconds how long they live */
export async function createClaimCodes(
  { store, clock }: ClaimTools,
  random: Randomness,
  places: readonly IssuedPlace[],
  seconds: number,
): Promise<readonly NewClaimCode[]> {
  const now = clock.now();
  const codes = places.map(({ root, index }): NewClaimCode => {
    return {
      root,
      index,
      code: makeClaimCode(random(CLAIM_CODE_RANDOM_BYTES)),
      expiresAt: now + seconds,
    };
  });
  await store.claimCodes.add(codes, now);
  return codes;
}

export type ClaimCodeState = "open" | "used" | "expired" | "revoked";

export function claimCodeState(
  { usedAt, revokedAt, expiresAt }: ClaimCode,
  now: number,
): ClaimCodeState {
  if (usedAt !== null) return "used";
  if (revokedAt !== null) return "revoked";
  return expiresAt <= now ? "expired" : "open";
}
