/** A certificate's use record (用证记录): the holder proves with its key that they may be told. */
import type { HolderUsePage } from "../../service/holder-uses.ts";
import { holderUses, usesAudience } from "../../service/holder-uses.ts";
import type { Held } from "../../vault/held.ts";
import type { Vault } from "../../vault/vault.ts";
import { WalletFault } from "../../vault/wallet-fault.ts";
import { bareCode } from "./bare-code.ts";
import { showerOf } from "./shower-of.ts";

/**
 * No claim is told for it.
 * @param host the verifier's name. @param now seconds since 1970
 * @returns the text of a code. @throws WalletFault NO_HOLDER_KEY
 */
export async function presentForUses(
  vault: Pick<Vault, "sign">,
  held: Held,
  { host, now }: { readonly host: string; readonly now: number },
): Promise<string> {
  const shower = held.holding.kind === "own" ? showerOf(vault, held) : null;
  if (shower === null) throw new WalletFault("NO_HOLDER_KEY", held.id);
  return bareCode(held, shower, { now, audience: usesAudience(host) });
}

/** @throws WalletFault NO_HOLDER_KEY; ServiceProblem, ServiceUnreachable */
export async function usesOf(
  vault: Pick<Vault, "sign">,
  held: Held,
  asking: { readonly host: string; readonly now: number; readonly cursor: string | null },
): Promise<HolderUsePage> {
  return holderUses(await presentForUses(vault, held, asking), asking.cursor);
}
