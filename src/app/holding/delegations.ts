/** Showing for another (亲友代亮): a holder lets somebody show a certificate for named matters, until a day. */
import type { CertificateFile } from "../../core/certificate/certificate-file.ts";
import { toHex } from "../../core/encoding/bytes.ts";
import type { DelegationOrder } from "../../core/holding/delegation-order.ts";
import { MAX_DELEGATION_SECONDS } from "../../core/holding/delegation-order.ts";
import { CLAIM_CODE_RANDOM_BYTES, makeClaimCode } from "../../core/identifiers/claim-code.ts";
import type { ClaimCodeText } from "../../core/identifiers/claim-code.ts";
import { keyThumbprint } from "../../core/presentation/cose.ts";
import { unknownClaims } from "../../core/presentation/disclose.ts";
import type { Grant } from "../../core/presentation/grant.ts";
import { MAX_NAME_CHARACTERS } from "../../core/presentation/grant.ts";
import { Problem } from "../../core/problem.ts";
import type { IssuedPlace } from "../../ports/issued.ts";
import type { Delegation } from "../../ports/holdings.ts";
import type { AgencyDesk } from "./agency-desk.ts";
import { openRequest } from "./agency-desk.ts";
import { currentCertificate, holderOf } from "./current-certificate.ts";

export type { Delegation };

/** How long a delegate may take to fetch it, in seconds. */
export const DELEGATION_CODE_SECONDS = 7 * 86_400;
/** Of one certificate at a time. */
export const MAX_OPEN_DELEGATIONS = 20;
/** As many as are listed. */
const LISTED = 100;
const ID_BYTES = 16;
/** The claim that is the holder's name, in every type of the catalogue that has one. */
const NAME_CLAIM = "holderName";

export interface MadeDelegation {
  readonly id: string;
  readonly code: ClaimCodeText;
  readonly codeExpiresAt: number;
  readonly until: number;
}

/**
 * Asked for again with the same request, it has a new code, as long as nobody has claimed it.
 * @param request what the holder signed
 * @throws Problem HOLDER_…, DELEGATION_INVALID, DELEGATION_ENDED, CERTIFICATE_NOT_CURRENT, NOT_READY
 */
export async function delegate(desk: AgencyDesk, request: Uint8Array): Promise<MadeDelegation> {
  const { store, primitives, clock, random } = desk;
  const now = clock.now();
  const { key, wish, sign1 } = openRequest(desk, "delegation", request);
  const { until, root: _root, index: _index, ...terms } = wish.order;
  const place = placeOf(wish.order);
  requireLife(until, now);
  const certificate = await currentCertificate(desk, place);
  const grantor = store.holdings.mark(keyThumbprint(primitives, key));
  if ((await holderOf(desk, place, certificate)) !== grantor) {
    throw new Problem("HOLDER_KEY_OTHER", "only the holder can let somebody show it");
  }
  requireClaims(desk, certificate, wish.order);
  const id = toHex(primitives.sha256(sign1.payload).subarray(0, ID_BYTES));
  await requireRoom(desk, place, id);
  const code = makeClaimCode(random(CLAIM_CODE_RANDOM_BYTES));
  const codeExpiresAt = Math.min(now + DELEGATION_CODE_SECONDS, until);
  const made = { id, code, codeExpiresAt, until };
  if (await store.delegations.add({ ...place, ...terms, ...made, grantor }, now)) return made;
  throw new Problem("DELEGATION_ENDED", `${id}: claimed or withdrawn`);
}

function placeOf({ root, index }: Pick<DelegationOrder, "root" | "index">): IssuedPlace {
  return { root: `0x${toHex(root)}`, index };
}

function requireLife(until: number, now: number): void {
  if (until > now && until <= now + MAX_DELEGATION_SECONDS) return;
  throw new Problem("DELEGATION_INVALID", "until: a time within a year from now expected");
}

/** A delegate who couldn't show what must always be shown would be refused everywhere. */
function requireClaims(
  desk: AgencyDesk,
  certificate: CertificateFile,
  { claims }: DelegationOrder,
): void {
  const unknown = unknownClaims(certificate, claims);
  if (unknown.length > 0) {
    throw new Problem("DELEGATION_INVALID", `claims: no ${unknown.join(", ")}`);
  }
  const { definition } = desk.typeOf(certificate.type, certificate.schemaVersion);
  const missing = definition.alwaysDisclosed.filter((name) => !claims.includes(name));
  if (missing.length === 0) return;
  throw new Problem("DELEGATION_INVALID", `claims: ${missing.join(", ")} must be among them`);
}

async function requireRoom(
  { store, clock }: AgencyDesk,
  place: IssuedPlace,
  id: string,
): Promise<void> {
  const count = await store.delegations.countOpen(place, clock.now());
  if (count < MAX_OPEN_DELEGATIONS || (await store.delegations.find(id)) !== null) return;
  throw new Problem("DELEGATION_INVALID", `at most ${String(MAX_OPEN_DELEGATIONS)} at a time`);
}

/** @throws Problem DELEGATION_ENDED */
export function requireOpen({ id, withdrawnAt, until }: Delegation, now: number): void {
  if (withdrawnAt === null && until > now) return;
  throw new Problem("DELEGATION_ENDED", `${id}: ${withdrawnAt === null ? "ended" : "withdrawn"}`);
}

/**
 * What a delegate's binding says.
 * @throws Problem DELEGATION_ENDED where another key holds the certificate by now
 */
export async function grantOf(
  desk: AgencyDesk,
  certificate: CertificateFile,
  delegation: Delegation,
): Promise<Grant & { readonly until: number }> {
  const { delegate, reason, matters, claims, until, id, grantor } = delegation;
  if ((await holderOf(desk, delegation, certificate)) !== grantor) {
    throw new Problem("DELEGATION_ENDED", `${id}: another key holds the certificate`);
  }
  const name = certificate.claims.find((claim) => claim.name === NAME_CLAIM)?.value;
  const isTold =
    typeof name === "string" && name.length <= MAX_NAME_CHARACTERS && claims.includes(NAME_CLAIM);
  return { delegate, reason, matters, grantor: isTold ? name : null, until };
}

export type DelegationState = "open" | "claimed" | "withdrawn" | "ended";

export function delegationState(
  { withdrawnAt, until, claimedAt, codeExpiresAt }: Delegation,
  now: number,
): DelegationState {
  if (withdrawnAt !== null) return "withdrawn";
  if (until <= now) return "ended";
  if (claimedAt !== null) return "claimed";
  return codeExpiresAt <= now ? "ended" : "open";
}

/** Those of the key that asks, the newest first. @throws Problem HOLDER_REQUEST_… */
export async function listDelegations(
  desk: AgencyDesk,
  request: Uint8Array,
): Promise<readonly Delegation[]> {
  const { store, primitives } = desk;
  const { key } = openRequest(desk, "delegations", request);
  const grantor = store.holdings.mark(keyThumbprint(primitives, key));
  return store.delegations.ofGrantor(grantor, LISTED);
}

export interface Withdrawn {
  readonly id: string;
  readonly withdrawnAt: number;
  /** Until when the last binding that was signed still holds; null where none does. */
  readonly bindingsEndBy: number | null;
}

/** No binding is signed any more; said again, nothing changes. @throws Problem HOLDER_REQUEST_…, DELEGATION_UNKNOWN */
export async function withdrawDelegation(
  desk: AgencyDesk,
  request: Uint8Array,
): Promise<Withdrawn> {
  const { store, primitives, clock } = desk;
  const now = clock.now();
  const { key, wish } = openRequest(desk, "withdrawal", request);
  const { id } = wish;
  const grantor = store.holdings.mark(keyThumbprint(primitives, key));
  const found = await store.delegations.find(id);
  if (found?.grantor !== grantor) throw new Problem("DELEGATION_UNKNOWN", id);
  await store.delegations.withdraw(id, now);
  const kept = (await store.delegations.find(id)) ?? found;
  const { withdrawnAt, boundUntil } = kept;
  const isBound = boundUntil !== null && boundUntil > now;
  return { id, withdrawnAt: withdrawnAt ?? now, bindingsEndBy: isBound ? boundUntil : null };
}
