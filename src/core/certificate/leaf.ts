/** The certificate leaf (protocol, 5): what a batch holds of one certificate. */
import { U64_MAX } from "../encoding/cbor.ts";
import type { Hash } from "../hashing.ts";

export const LEAF_PREIMAGE_BYTES = 91;
const LEAF_PREFIX = 0x02;

/** Times are seconds since 1970; `notAfter` null says 'no end' (长期). */
export interface Validity {
  readonly notBefore: number;
  readonly notAfter: number | null;
}

/** `holder` is the COSE key thumbprint of the holder's key, or 32 zero bytes for a bearer certificate. */
export interface CertificateLeaf extends Validity {
  readonly index: number;
  readonly claimCount: number;
  readonly holder: Uint8Array;
  readonly claimsRoot: Uint8Array;
}

/** L = H(0x02 ‖ index:u64 ‖ notBefore:u64 ‖ notAfter:u64 ‖ n:u16 ‖ holder:32 ‖ claimsRoot:32), big-endian. */
export function certificateLeaf(hash: Hash, leaf: CertificateLeaf): Uint8Array {
  const preimage = new Uint8Array(LEAF_PREIMAGE_BYTES);
  const view = new DataView(preimage.buffer);
  view.setUint8(0, LEAF_PREFIX);
  view.setBigUint64(1, BigInt(leaf.index));
  view.setBigUint64(9, BigInt(leaf.notBefore));
  view.setBigUint64(17, notAfterToU64(leaf.notAfter));
  view.setUint16(25, leaf.claimCount);
  preimage.set(leaf.holder, 27);
  preimage.set(leaf.claimsRoot, 59);
  return hash(preimage);
}

export function notAfterToU64(notAfter: number | null): bigint {
  return notAfter === null ? U64_MAX : BigInt(notAfter);
}
