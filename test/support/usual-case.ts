/** The case that most tests of the judge vary: a holder from Sanya shows a certificate in Hangzhou. */
import type { BindingContent } from "../../src/core/presentation/binding.ts";
import type { PresentationContent } from "../../src/core/presentation/presentation.ts";
import type { CertificateFile } from "../../src/core/certificate/certificate-file.ts";
import type { Primitives } from "../../src/core/hashing.ts";
import type { CounterRequest, Given, LedgerView } from "../../src/core/verify/case.ts";
import type { Verdict } from "../../src/core/verify/verdict.ts";
import { verify } from "../../src/core/verify/verify.ts";
import type { BatchPlan, IssuedBatch } from "./issued-batch.ts";
import { certificateAt, issueBatch } from "./certificate-batch.ts";
import type { LedgerStory } from "./ledger-story.ts";
import { HANGZHOU, NOW, sanyaDocumentKey, tellUsualStory } from "./ledger-story.ts";
import { bearerWire, bindingFor, proofOf, qrOf, signedWire } from "./present.ts";
import type { SigningKey } from "./seeded.ts";
import { seededBytes, seededKey } from "./seeded.ts";

export const holder = seededKey("holder's phone");
export const stranger = seededKey("somebody else's phone");
export const COUNTER = "杭州市民政局3号窗口";
export const CHALLENGE = seededBytes("challenge", 16);
/** The index of the certificate whose leaf holds the holder's key; all others are bearer certificates. */
export const KEYED = 1;
export const BEARER = 3;

/** A counter that demands everything: proof of the holder, an answer to its challenge, a claim. */
export const STRICT: CounterRequest = {
  now: NOW,
  region: HANGZHOU.region,
  audience: COUNTER,
  nonce: CHALLENGE,
  requiresHolder: true,
  requiredClaims: ["birthDate"],
  maxLedgerAge: 3600,
};
/** A counter that asks only whether it is good here and now. */
export const PLAIN: CounterRequest = { now: NOW, region: HANGZHOU.region, maxLedgerAge: 3600 };

export interface UsualCase {
  readonly primitives: Primitives;
  readonly story: LedgerStory;
  readonly batch: IssuedBatch;
  readonly keyed: CertificateFile;
  readonly bearer: CertificateFile;
  /** The holder's signed code, in answer to the strict counter. */
  readonly signed: (changes?: Partial<PresentationContent>, key?: SigningKey) => Given;
  /** The bearer certificate with a binding, in answer to the strict counter. */
  readonly bound: (changes?: Partial<BindingContent>, documentKey?: SigningKey) => Given;
  /** A printed code of the bearer certificate. */
  readonly printed: (changes?: Partial<PresentationContent>) => Given;
  readonly judge: (given: Given, request: CounterRequest, view?: LedgerView | null) => Verdict;
}

/** Issues the batch and tells the usual story; it is anchored unless `isAnchored` is false. */
export function usualCase(
  primitives: Primitives,
  plan: Partial<BatchPlan> = {},
  { isAnchored = true } = {},
): UsualCase {
  const story = tellUsualStory(primitives);
  const batch = issueBatch(primitives, { holders: [undefined, holder.publicKey], ...plan });
  if (isAnchored) story.anchor(batch);
  const [keyed, bearer] = [certificateAt(batch, KEYED), certificateAt(batch, BEARER)];
  const answer = { audience: COUNTER, nonce: CHALLENGE };
  return {
    primitives,
    story,
    batch,
    keyed,
    bearer,
    signed: (changes = {}, key = holder) =>
      qrOf(signedWire(proofOf(primitives, keyed), key, { ...answer, ...changes })),
    bound: (changes = {}, documentKey = sanyaDocumentKey) => {
      const binding = bindingFor(bearer, holder, documentKey, changes);
      return qrOf(signedWire(proofOf(primitives, bearer), holder, { ...answer, binding }));
    },
    printed: (changes = {}) => qrOf(bearerWire(proofOf(primitives, bearer), changes)),
    judge: (given, request, view = story.view()) => verify(given, view, request, primitives),
  };
}
