/** Who shows what is held: its key, which signs in the vault. */
import type { Held } from "../../vault/held.ts";
import type { Vault } from "../../vault/vault.ts";
import type { Shower } from "./bare-code.ts";

/** @returns null for what was imported, which has no key */
export function showerOf(
  vault: Pick<Vault, "sign">,
  { id, holderKey }: Pick<Held, "id" | "holderKey">,
): Shower | null {
  if (holderKey === null) return null;
  return { key: holderKey, sign: (message) => vault.sign(id, message) };
}
