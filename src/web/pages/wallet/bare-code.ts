/** A code that proves who holds a certificate and tells no claim of it. */
import { suiteHash } from "../../../core/hashing.ts";
import type { P256PublicKey } from "../../../core/hashing.ts";
import { encodeSign1, sign1Message } from "../../../core/presentation/cose.ts";
import { narrowProof, proveDisclosure } from "../../../core/presentation/disclose.ts";
import { encodePresentationContent } from "../../../core/presentation/presentation.ts";
import type { Proof } from "../../../core/presentation/proof.ts";
import { toQrText } from "../../../core/presentation/qr-text.ts";
import { loadHashes } from "../../judging/page-primitives.ts";
import type { NewHolding } from "../../vault/held.ts";

/** Whoever has the key that a certificate is bound to. */
export interface Shower {
  readonly key: P256PublicKey;
  /** ES256: r ‖ s, 64 bytes. */
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>;
}

interface Circumstances {
  /** Seconds since 1970. */
  readonly now: number;
  readonly audience?: string;
}

/** A verifier takes no presentation that lives longer. */
const LIFETIME_SECONDS = 60;

/** @returns the text of a code */
export async function bareCode(
  holding: Pick<NewHolding, "holding" | "binding">,
  { key, sign }: Shower,
  { now, ...audience }: Circumstances,
): Promise<string> {
  const payload = encodePresentationContent({
    proof: await bareProof(holding),
    ...audience,
    ...{ issuedAt: now, expiresAt: now + LIFETIME_SECONDS, holderKey: key },
    ...(holding.binding !== null && { binding: holding.binding }),
  });
  return toQrText(encodeSign1({ payload, signature: await sign(sign1Message(payload)) }));
}

export async function bareProof({ holding }: Pick<NewHolding, "holding">): Promise<Proof> {
  const hashes = await loadHashes();
  const nothing = new Set<string>();
  if (holding.kind === "own") {
    const { certificate } = holding;
    return proveDisclosure(suiteHash(hashes, certificate.suite), certificate, nothing);
  }
  const { proof } = holding.delegated;
  return narrowProof(suiteHash(hashes, proof.suite), proof, nothing);
}
