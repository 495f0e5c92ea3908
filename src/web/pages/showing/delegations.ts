/** What a holder asks of the agency's endpoint about delegations: signed by the certificate's own key. */
import type { DelegationOrder } from "../../../core/holding/delegation-order.ts";
import type { HolderWish } from "../../../core/holding/holder-request.ts";
import { signHolderRequest } from "../../../core/holding/holder-request.ts";
import { toHex } from "../../../core/encoding/bytes.ts";
import type {
  AgencyEndpoint,
  ListedDelegation,
  MadeDelegation,
  Withdrawal,
} from "../../service/agency.ts";
import type { Held } from "../../vault/held.ts";
import { certificateRefOf } from "../../vault/holding.ts";
import { WalletFault } from "../../vault/wallet-fault.ts";
import type { Signer } from "./present-held.ts";

export interface DelegationTools {
  readonly held: Held;
  readonly endpoint: AgencyEndpoint;
  readonly signer: Signer;
  /** Seconds since 1970. */
  readonly now: () => number;
}

/** Only who claimed a certificate from its agency can let others show it. */
export function canDelegate({ holding, holderKey, agencyUrl }: Held): boolean {
  return holding.kind === "own" && holderKey !== null && agencyUrl !== null;
}

/** @throws WalletFault; ServiceProblem and ServiceUnreachable of the agency's endpoint */
export async function delegate(
  tools: DelegationTools,
  order: DelegationOrder,
): Promise<MadeDelegation> {
  return tools.endpoint.delegate(await signed(tools, { kind: "delegation", order }));
}

/** Of this certificate, the newest first. @throws as delegate */
export async function givenDelegations(tools: DelegationTools): Promise<ListedDelegation[]> {
  const { delegations } = await tools.endpoint.delegations(
    await signed(tools, { kind: "delegations" }),
  );
  const { root, index } = certificateRefOf(tools.held);
  const mine = delegations.filter((one) => {
    return one.root.replace(/^0x/, "") === toHex(root) && one.index === index;
  });
  return mine.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

/** @throws as delegate */
export async function withdraw(tools: DelegationTools, id: string): Promise<Withdrawal> {
  return tools.endpoint.withdraw(await signed(tools, { kind: "withdrawal", id }));
}

function signed({ held, endpoint, signer, now }: DelegationTools, wish: HolderWish) {
  const { id, holderKey } = held;
  if (holderKey === null) throw new WalletFault("NO_HOLDER_KEY", id);
  const { audience } = endpoint;
  const request = { audience, issuedAt: now(), key: holderKey, wish };
  return signHolderRequest(request, (message) => signer.sign(id, message));
}
