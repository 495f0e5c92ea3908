/** Checks signatures in a page: ES256 by WebCrypto, SM2 by a library that is loaded when one is met. */
import type { P256PublicKey } from "../../core/hashing.ts";
import { toHex } from "../../core/encoding/bytes.ts";

export type SignatureCheck = "verifyEs256" | "verifySm2";
type Check = (...question: SignatureQuestion) => Promise<boolean>;

/** Who signed what, and how: the arguments of a check. */
export type SignatureQuestion = [key: P256PublicKey, message: Uint8Array, signature: Uint8Array];

export const SIGNATURE_CHECKS: Readonly<Record<SignatureCheck, Check>> = {
  verifyEs256: async (key, message, signature) => {
    try {
      const imported = await importKey(key);
      return await crypto.subtle.verify(ES256, imported, copy(signature), copy(message));
    } catch {
      // No point of the curve, or of another length.
      return false;
    }
  },
  verifySm2: async (key, message, signature) => {
    const { verifySm2 } = await import("../../adapters/hashing/sm2.ts");
    return verifySm2(key, message, signature);
  },
};

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const ES256 = { name: "ECDSA", hash: "SHA-256" };

/** SEC 1, 2.3.3: an uncompressed point. */
function importKey({ x, y }: P256PublicKey): Promise<CryptoKey> {
  const point = Uint8Array.from([4, ...x, ...y]);
  return crypto.subtle.importKey("raw", point, CURVE, false, ["verify"]);
}

/** In a buffer of its own, as WebCrypto's types ask for. */
function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

/** What tells one question from another. */
export function questionOf(
  check: SignatureCheck,
  [key, message, signature]: SignatureQuestion,
): string {
  return [check, ...[key.x, key.y, signature, message].map(toHex)].join(" ");
}
