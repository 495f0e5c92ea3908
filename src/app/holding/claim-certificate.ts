/**
 * A certificate for a claim code, to the key that asks for it; or to a delegate what a holder lets be shown. All
 * is checked, and the answer made, before the code is used up, so that nothing that fails costs anybody a code.
 */
import { isBearer } from "../../core/certificate/certificate-file.ts";
import type { CertificateFile } from "../../core/certificate/certificate-file.ts";
import { equalBytes } from "../../core/encoding/bytes.ts";
import type { P256PublicKey } from "../../core/hashing.ts";
import { suiteHash } from "../../core/hashing.ts";
import { claimCodeDigest } from "../../core/holding/claim-code-digest.ts";
import { deliveryToJson } from "../../core/holding/delivery.ts";
import { parseClaimCode } from "../../core/identifiers/claim-code.ts";
import type { ClaimCodeText } from "../../core/identifiers/claim-code.ts";
import { keyThumbprint } from "../../core/presentation/cose.ts";
import { proveDisclosure } from "../../core/presentation/disclose.ts";
import { Problem } from "../../core/problem.ts";
import type { ClaimCode } from "../../ports/claim-codes.ts";
import type { Delegation, HolderMark } from "../../ports/holdings.ts";
import { ATTEMPT_SECONDS, claimCodeState } from "../claim-codes.ts";
import type { AgencyDesk } from "./agency-desk.ts";
import { openRequest } from "./agency-desk.ts";
import { currentCertificate, holderOf } from "./current-certificate.ts";
import { grantOf, requireOpen } from "./delegations.ts";
import { bind } from "./sign-binding.ts";

export interface ClaimOrder {
  /** As it was typed. */
  readonly code: string;
  /** What the answer is encrypted to. */
  readonly deliveryKey: P256PublicKey;
  /** What the holder signed. */
  readonly request: Uint8Array;
  /** What tells clients from each other, such as an address. */
  readonly client: string;
}

/** How long an answer that was lost on its way may be asked for again by the same key, in seconds. */
export const AGAIN_SECONDS = 600;

/** Who claims, and what the answer goes to. */
interface Claimant {
  readonly key: P256PublicKey;
  readonly mark: HolderMark;
  readonly deliveryKey: P256PublicKey;
}

/**
 * @returns the encrypted delivery
 * @throws Problem CLAIM_…, HOLDER_…, CERTIFICATE_NOT_CURRENT, DELEGATION_ENDED, NOT_READY, and those of
 * exportCertificate
 */
export async function claimCertificate(desk: AgencyDesk, order: ClaimOrder): Promise<string> {
  const code = parseClaimCode(order.code);
  if (code === null) throw new Problem("CLAIM_CODE_MALFORMED", "16 characters in groups of four");
  const claimant = claimantOf(desk, code, order);
  await countAttempt(desk, order.client);
  const found = await desk.store.claimCodes.enter(code);
  if (found !== null) return claimOwn(desk, found, claimant);
  const delegation = await desk.store.delegations.findByCode(code);
  if (delegation !== null) return claimDelegated(desk, delegation, claimant);
  throw new Problem("CLAIM_CODE_UNKNOWN", "none of this agency's");
}

/** @throws Problem HOLDER_REQUEST_INVALID: the signature is of another code, or another key is to be answered */
function claimantOf(desk: AgencyDesk, code: ClaimCodeText, order: ClaimOrder): Claimant {
  const { primitives, store } = desk;
  const { key, wish } = openRequest(desk, "claim", order.request);
  const isOfThis =
    equalBytes(wish.code, claimCodeDigest(primitives, code)) &&
    equalBytes(wish.deliveryKey, keyThumbprint(primitives, order.deliveryKey));
  if (!isOfThis) throw new Problem("HOLDER_REQUEST_INVALID", "for another code or delivery key");
  const mark = store.holdings.mark(keyThumbprint(primitives, key));
  return { key, mark, deliveryKey: order.deliveryKey };
}

async function countAttempt(
  { store, clock, attempts: most }: AgencyDesk,
  client: string,
): Promise<void> {
  const window = { now: clock.now(), seconds: ATTEMPT_SECONDS };
  const attempts = await store.claimCodes.countAttempt(client, window);
  if (attempts > most) throw new Problem("CLAIM_ATTEMPTS_EXCEEDED", String(attempts));
}

async function claimOwn(desk: AgencyDesk, code: ClaimCode, claimant: Claimant): Promise<string> {
  const now = desk.clock.now();
  const isAgain = await wasClaimedBy(desk, code, claimant.mark);
  const state = claimCodeState(code, now);
  if (!isAgain && state !== "open") throw new Problem("CLAIM_CODE_ENDED", `${code.id}: ${state}`);
  const certificate = await currentCertificate(desk, code);
  const isKeyed = !isBearer(certificate.holder);
  if (isKeyed && (await holderOf(desk, code, certificate)) !== claimant.mark) {
    throw new Problem("HOLDER_KEY_OTHER", "the certificate was issued to another key");
  }
  const binding = isKeyed ? null : bind(desk, certificate, claimant).binding;
  const words = desk.typeOf(certificate.type, certificate.schemaVersion);
  const json = deliveryToJson({ certificate, binding, ...words });
  const sealed = await seal(desk, claimant, json);
  if (isAgain || (await desk.store.holdings.claim(code.id, code, claimant.mark, now)))
    return sealed;
  throw new Problem("CLAIM_CODE_ENDED", `${code.id}: used`);
}

/** A moment ago, with that code, by that key: then the answer may have been lost. */
async function wasClaimedBy(
  { store, clock }: AgencyDesk,
  code: ClaimCode,
  mark: HolderMark,
): Promise<boolean> {
  if (code.usedAt === null || clock.now() > code.usedAt + AGAIN_SECONDS) return false;
  const holding = await store.holdings.find(code);
  return holding?.code === code.id && holding.holder === mark;
}

async function claimDelegated(
  desk: AgencyDesk,
  delegation: Delegation,
  claimant: Claimant,
): Promise<string> {
  const now = desk.clock.now();
  const isAgain = wasTakenBy(delegation, claimant.mark, now);
  requireOpen(delegation, now);
  if (!isAgain && (delegation.claimedAt !== null || delegation.codeExpiresAt <= now)) {
    throw new Problem("CLAIM_CODE_ENDED", delegation.id);
  }
  const certificate = await currentCertificate(desk, delegation);
  const grant = await grantOf(desk, certificate, delegation);
  const { binding, expiresAt } = bind(desk, certificate, { key: claimant.key, grant });
  const words = desk.typeOf(certificate.type, certificate.schemaVersion);
  const delegated = { ...grant, ...proofOf(desk, certificate, delegation), id: delegation.id };
  const sealed = await seal(desk, claimant, deliveryToJson({ delegated, binding, ...words }));
  const { delegations } = desk.store;
  const isTaken = isAgain || (await delegations.claim(delegation.id, claimant.mark, now));
  if (!isTaken) throw new Problem("CLAIM_CODE_ENDED", delegation.id);
  if (await delegations.noteBinding(delegation.id, expiresAt)) return sealed;
  throw new Problem("DELEGATION_ENDED", delegation.id);
}

function wasTakenBy({ holder, claimedAt }: Delegation, mark: HolderMark, now: number): boolean {
  return holder === mark && claimedAt !== null && now <= claimedAt + AGAIN_SECONDS;
}

/** Of exactly the claims that may be shown: of the others he gets hashes, never values or salts. */
function proofOf(
  { primitives }: AgencyDesk,
  certificate: CertificateFile,
  { claims }: Delegation,
): { readonly proof: ReturnType<typeof proveDisclosure>; readonly claims: readonly string[] } {
  const hash = suiteHash(primitives, certificate.suite);
  return { proof: proveDisclosure(hash, certificate, new Set(claims)), claims };
}

function seal(
  desk: AgencyDesk,
  { deliveryKey }: Claimant,
  json: Record<string, unknown>,
): Promise<string> {
  return desk.encrypt(deliveryKey, new TextEncoder().encode(JSON.stringify(json)));
}
