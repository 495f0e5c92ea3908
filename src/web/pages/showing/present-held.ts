/** Shows what the wallet holds: chosen claims, signed by the certificate's own key where there is one. */
import type { Circumstances, SlowHolderKey } from "../../../app/present-certificate.ts";
import { presentProof, proveChosen } from "../../../app/present-certificate.ts";
import { isBearer } from "../../../core/certificate/certificate-file.ts";
import { suiteHash } from "../../../core/hashing.ts";
import { narrowProof } from "../../../core/presentation/disclose.ts";
import type { Proof } from "../../../core/presentation/proof.ts";
import type { Hashes } from "../../judging/page-primitives.ts";
import type { Held } from "../../vault/held.ts";

/** How long a code is accepted, in seconds. */
export const LIFE_SECONDS = 60;

/** The vault, as far as showing goes. */
export interface Signer {
  sign(id: string, message: Uint8Array): Promise<Uint8Array>;
}

/** To whom, and in answer to what. */
export type Addressee = Pick<Circumstances, "audience" | "nonce">;

/** @param now seconds since 1970 */
export type Present = (now: number, addressee?: Addressee) => Promise<Uint8Array>;

/** Proves the choice once; each showing then costs a signature. */
export function presenterOf(
  hashes: Hashes,
  held: Held,
  names: readonly string[],
  signer: Signer,
): Present {
  const proof = proofOf(hashes, held, names);
  const key = keyOf(held, signer);
  const binding = key === null ? null : held.binding;
  return (now, addressee = {}) => {
    const times = { now, lifetime: LIFE_SECONDS };
    return presentProof(proof, { ...addressee, ...times, ...(binding && { binding }) }, key);
  };
}

function proofOf(hashes: Hashes, { holding }: Held, names: readonly string[]): Proof {
  if (holding.kind === "own") return proveChosen(hashes, holding.certificate, names);
  const { proof } = holding.delegated;
  return narrowProof(suiteHash(hashes, proof.suite), proof, new Set(names));
}

/** A key that neither leaf nor binding names would prove nothing. */
function keyOf({ id, holderKey, holding, binding }: Held, signer: Signer): SlowHolderKey | null {
  if (holderKey === null) return null;
  const isBearers = holding.kind === "own" && isBearer(holding.certificate.holder);
  if (isBearers && binding === null) return null;
  return { publicKey: holderKey, sign: (message) => signer.sign(id, message) };
}

/** Why something can't be shown here, or can be but for less than it might be. */
export type ShowingLimit = "KEY_ELSEWHERE" | "BINDING_ENDED" | "NO_KEY" | "DELEGATION_ENDED";

/** @param now seconds since 1970. @returns null where its holder can be proven */
export function limitOf(held: Held, now: number): ShowingLimit | null {
  const { holding, holderKey, bindingEnds } = held;
  if (holding.kind === "delegated" && holding.delegated.until <= now) return "DELEGATION_ENDED";
  const isKeyed = holding.kind === "own" && !isBearer(holding.certificate.holder);
  if (holderKey === null) return isKeyed ? "KEY_ELSEWHERE" : "NO_KEY";
  if (isKeyed) return null;
  if (bindingEnds === null) return "NO_KEY";
  return bindingEnds <= now ? "BINDING_ENDED" : null;
}
