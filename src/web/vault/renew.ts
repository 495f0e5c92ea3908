/** Renews a binding while there is a network, so that a certificate can be shown without one. */
import { fromBase64Url } from "../../core/encoding/bytes.ts";
import { signHolderRequest } from "../../core/holding/holder-request.ts";
import { decodeBinding } from "../../core/presentation/binding.ts";
import { agencyAt } from "../service/agency.ts";
import type { Held } from "./held.ts";
import { certificateRefOf } from "./holding.ts";
import type { Vault } from "./vault.ts";
import { WalletFault } from "./wallet-fault.ts";

/** Renewed when less is left of its life: a week's binding when two days are. */
const LEFT = 1 / 3;

type Renewing = Pick<Vault, "sign" | "keepBinding" | "held">;

/** @param now seconds since 1970 */
export function isRenewalDue({ binding, agencyUrl }: Held, now: number): boolean {
  if (binding === null || agencyUrl === null) return false;
  const { issuedAt, expiresAt } = decodeBinding(binding, "binding");
  return expiresAt - now < (expiresAt - issuedAt) * LEFT;
}

/**
 * @returns it as it is held then
 * @throws WalletFault VAULT_LOCKED, NO_HOLDER_KEY; ServiceProblem and ServiceUnreachable of the agency's endpoint
 */
export async function renewBinding(vault: Renewing, held: Held, now: number): Promise<Held> {
  const { id, holderKey, agencyUrl } = held;
  if (holderKey === null || agencyUrl === null) throw new WalletFault("NO_HOLDER_KEY", id);
  const endpoint = agencyAt(agencyUrl);
  const { root, index } = certificateRefOf(held);
  const { audience } = endpoint;
  const wish = { kind: "binding", root, index } as const;
  const request = { audience, issuedAt: now, key: holderKey, wish };
  const signed = await signHolderRequest(request, (message) => vault.sign(id, message));
  const { binding } = await endpoint.renewBinding(signed);
  const bytes = fromBase64Url(binding);
  if (bytes === null) throw new WalletFault("DELIVERY_UNREADABLE", "binding");
  await vault.keepBinding(id, bytes);
  return (await vault.held(id)) ?? held;
}
