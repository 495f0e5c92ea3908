/** Claim codes (领证码): an agency gives one out for each certificate, and a citizen fetches it with that. */
import type { CertificateFile } from "../core/certificate/certificate-file.ts";
import {
  CLAIM_CODE_RANDOM_BYTES,
  makeClaimCode,
  parseClaimCode,
} from "../core/identifiers/claim-code.ts";
import { Problem } from "../core/problem.ts";
import type { Clock, IssuedPlace, Primitives, Randomness } from "../ports.ts";
import type { AgencyStore } from "../ports/agency-store.ts";
import type { ClaimCode, NewClaimCode } from "../ports/claim-codes.ts";
import { exportCertificate } from "./export-certificates.ts";

export interface ClaimTools {
  readonly store: AgencyStore;
  readonly primitives: Primitives;
  readonly clock: Clock;
}

/** How often one client may try, whether it succeeds or not. */
export const ATTEMPTS = { most: 10, seconds: 15 * 60 };

/** One for each place, kept once this returns. @param seconds how long they live */
export async function createClaimCodes(
  { store, clock }: Pick<ClaimTools, "store" | "clock">,
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

export interface ClaimAttempt {
  /** As it was typed. */
  readonly text: string;
  /** What tells clients from each other, such as an address. */
  readonly client: string;
}

/**
 * The certificate for a code, once. It is proven before the code is used up, so that a store in trouble costs
 * nobody a code.
 * @throws Problem CLAIM_CODE_MALFORMED, CLAIM_ATTEMPTS_EXCEEDED, CLAIM_CODE_UNKNOWN, CLAIM_CODE_ENDED, and those
 * of exportCertificate
 */
export async function redeemClaim(
  { store, primitives, clock }: ClaimTools,
  { text, client }: ClaimAttempt,
): Promise<CertificateFile> {
  const { claimCodes } = store;
  const now = clock.now();
  const code = parseClaimCode(text);
  if (code === null) throw new Problem("CLAIM_CODE_MALFORMED", "16 characters in groups of four");
  const attempts = await claimCodes.countAttempt(client, { now, seconds: ATTEMPTS.seconds });
  if (attempts > ATTEMPTS.most) throw new Problem("CLAIM_ATTEMPTS_EXCEEDED", String(attempts));
  const found = await claimCodes.enter(code);
  if (found === null) throw new Problem("CLAIM_CODE_UNKNOWN", "none of this agency's");
  requireOpen(found, now);
  const certificate = await exportCertificate(primitives, store, found);
  if (await claimCodes.use(found.id, now)) return certificate;
  throw new Problem("CLAIM_CODE_ENDED", `${found.id}: used`);
}

function requireOpen(code: ClaimCode, now: number): void {
  const state = claimCodeState(code, now);
  if (state !== "open") throw new Problem("CLAIM_CODE_ENDED", `${code.id}: ${state}`);
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
