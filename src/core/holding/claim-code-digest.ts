/** What a holder signs of a claim code, so that the signature alone lets nobody use it. */
import type { Primitives } from "../hashing.ts";
import type { ClaimCodeText } from "../identifiers/claim-code.ts";

/** SHA-256 of its sixteen characters. */
export function claimCodeDigest(
  { sha256 }: Pick<Primitives, "sha256">,
  code: ClaimCodeText,
): Uint8Array {
  return sha256(new TextEncoder().encode(code));
}
