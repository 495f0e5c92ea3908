/** A trust pack as it reaches a counter: packed, signed, carried as bytes, and added to what is held. */
import type { Primitives } from "../../src/core/hashing.ts";
import { packTrust } from "../../src/core/trust-pack/pack.ts";
import type { Selection } from "../../src/core/trust-pack/selection.ts";
import { openPack, signPack } from "../../src/core/trust-pack/trust-pack.ts";
import type { HeldTrust } from "../../src/core/trust-pack/unpack.ts";
import { unpackTrust } from "../../src/core/trust-pack/unpack.ts";
import type { LedgerView } from "../../src/core/verify/case.ts";
import { seededKey } from "./seeded.ts";

const serviceKey = seededKey("service");

export function fetchedPack(
  primitives: Primitives,
  view: LedgerView,
  asked: Selection,
  before: HeldTrust | null = null,
): HeldTrust {
  const { head, content } = packTrust(view, asked, before?.place ?? null, primitives);
  const signer = { keyId: "service", sign: (message: Uint8Array) => serviceKey.sign(message) };
  const bytes = signPack(signer, head, content);
  return unpackTrust(openPack(bytes, serviceKey.publicKey, primitives), before);
}
