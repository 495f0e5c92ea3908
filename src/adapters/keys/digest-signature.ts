/** ECDSA signatures over secp256k1 as tokens and key services write them, made into what the chain takes. */
import { Signature, recoverAddress } from "ethers";

/** SEC 2, 2.4.1; of s and its negative the chain takes the smaller alone (EIP-2). */
export const SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const SCALAR_BYTES = 32;
const [SEQUENCE, INTEGER] = [0x30, 0x02];

interface Scalars {
  readonly r: bigint;
  readonly s: bigint;
}

/**
 * Takes r ‖ s, r ‖ s ‖ v or DER (X9.62). A high s becomes the low one; which of the two keys that a
 * signature fits is the signer's is found by its address, so that a v is not needed and not believed.
 * @param address lower case
 * @returns null where no reading of the bytes is a signature by that address
 */
export function signatureOf(bytes: Uint8Array, digest: string, address: string): Signature | null {
  for (const scalars of [fromRaw(bytes), fromDer(bytes)]) {
    const found = scalars === null ? null : fitting(scalars, digest, address);
    if (found !== null) return found;
  }
  return null;
}

function fitting({ r, s }: Scalars, digest: string, address: string): Signature | null {
  const low = s > SECP256K1_ORDER / 2n ? SECP256K1_ORDER - s : s;
  for (const yParity of [0, 1] as const) {
    const signature = signatureFrom(r, low, yParity);
    if (signature !== null && signerOf(signature, digest) === address) return signature;
  }
  return null;
}

function signatureFrom(r: bigint, s: bigint, yParity: 0 | 1): Signature | null {
  if (r <= 0n || s <= 0n || r >= SECP256K1_ORDER || s >= SECP256K1_ORDER) return null;
  return Signature.from({ r: word(r), s: word(s), yParity });
}

/** An r that is no point's gives nobody. */
function signerOf(signature: Signature, digest: string): string | null {
  try {
    return recoverAddress(digest, signature).toLowerCase();
  } catch {
    return null;
  }
}

function fromRaw(bytes: Uint8Array): Scalars | null {
  const isRaw = bytes.length === 2 * SCALAR_BYTES || bytes.length === 2 * SCALAR_BYTES + 1;
  if (!isRaw) return null;
  return {
    r: number(bytes.subarray(0, SCALAR_BYTES)),
    s: number(bytes.subarray(SCALAR_BYTES, 2 * SCALAR_BYTES)),
  };
}

/** SEQUENCE { r INTEGER, s INTEGER }, which is short enough for lengths of one byte. */
function fromDer(bytes: Uint8Array): Scalars | null {
  if (bytes[0] !== SEQUENCE || bytes[1] !== bytes.length - 2) return null;
  const r = integerAt(bytes, 2);
  const s = r === null ? null : integerAt(bytes, r.end);
  return r !== null && s?.end === bytes.length ? { r: r.value, s: s.value } : null;
}

function integerAt(bytes: Uint8Array, at: number): { value: bigint; end: number } | null {
  const length = bytes[at + 1] ?? 0;
  const content = bytes.subarray(at + 2, at + 2 + length);
  const isInteger = bytes[at] === INTEGER && length > 0 && length <= SCALAR_BYTES + 1;
  if (!isInteger || content.length !== length) return null;
  return { value: number(content), end: at + 2 + length };
}

function number(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
}

function word(value: bigint): string {
  return `0x${value.toString(16).padStart(2 * SCALAR_BYTES, "0")}`;
}
