/** Binds a certificate to its holder's key for some days more, or to a delegate's for one more. */
import { toHex } from "../../core/encoding/bytes.ts";
import { keyThumbprint } from "../../core/presentation/cose.ts";
import { Problem } from "../../core/problem.ts";
import type { IssuedPlace } from "../../ports/issued.ts";
import type { Delegation, HolderMark } from "../../ports/holdings.ts";
import type { AgencyDesk } from "./agency-desk.ts";
import { openRequest } from "./agency-desk.ts";
import { currentCertificate, holderOf } from "./current-certificate.ts";
import { grantOf, requireOpen } from "./delegations.ts";
import type { SignedBinding } from "./sign-binding.ts";
import { bind } from "./sign-binding.ts";

/**
 * For the key that claimed it last, and for those whom that key lets show it.
 * @param request what the holder or the delegate signed
 * @throws Problem HOLDER_…, DELEGATION_ENDED, CERTIFICATE_NOT_CURRENT, DOCUMENT_KEY_UNFIT, NOT_READY
 */
export async function renewBinding(desk: AgencyDesk, request: Uint8Array): Promise<SignedBinding> {
  const { store, primitives } = desk;
  const { key, wish } = openRequest(desk, "binding", request);
  const place = { root: `0x${toHex(wish.root)}`, index: wish.index };
  const mark = store.holdings.mark(keyThumbprint(primitives, key));
  const delegation = await newestDelegation(desk, place, mark);
  const isHeld = (await store.holdings.find(place))?.holder === mark;
  if (!isHeld && delegation === null) {
    throw new Problem("HOLDER_KEY_OTHER", `number ${String(wish.index)} of that batch`);
  }
  const certificate = await currentCertificate(desk, place);
  if (delegation === null || (await holderOf(desk, place, certificate)) === mark) {
    return bind(desk, certificate, { key });
  }
  requireOpen(delegation, desk.clock.now());
  const grant = await grantOf(desk, certificate, delegation);
  const signed = bind(desk, certificate, { key, grant });
  if (await store.delegations.noteBinding(delegation.id, signed.expiresAt)) return signed;
  throw new Problem("DELEGATION_ENDED", delegation.id);
}

/** One that is still open before any other. */
async function newestDelegation(
  { store, clock }: AgencyDesk,
  place: IssuedPlace,
  mark: HolderMark,
): Promise<Delegation | null> {
  const now = clock.now();
  const all = await store.delegations.ofHolder(place, mark);
  const open = all.find(({ withdrawnAt, until }) => withdrawnAt === null && until > now);
  return open ?? all[0] ?? null;
}
