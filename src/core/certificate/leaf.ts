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
  writeU64(1, leaf.index);
  writeU64(9, leaf.notBefore);
  if (leaf.notAfter === null) preimage.fill(0xff, 17, 25);
  else writeU64(17, leaf.notAfter);
  view.setUint16(25, leaf.claimCount);
  preimage.set(leaf.holder, 27);
  preimage.set(leaf.claimsRoot, 59);
  return hash(preimage);
}

/** One for all: it is hashed before the next is written. */
const preimage = new Uint8Array(LEAF_PREIMAGE_BYTES);
const view = new DataView(preimage.buffer);
preimage[0] = LEAF_PREFIX;

/** Big integers take several times as long. @param value a whole number below 2^53 */
function writeU64(at: number, value: number): void {
  view.setUint32(at, Math.floor(value / 2 ** 32));
  view.setUint32(at + 4, value % 2 ** 32);
}

export function notAfterToU64(notAfter: number | null): bigint {
  return notAfter === null ? U64_MAX : BigInt(notAfter);
}
