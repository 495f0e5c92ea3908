/**
 * The few operations that both hash functions are written in. `T` holds one word of each message that is
 * hashed at once: a vector where there is SIMD, otherwise a plain integer, one message at a time. The
 * compiler keeps only the branch that fits.
 */

/** Bytes of a digest, of either hash function. */
export const DIGEST: u32 = 32;

/** For each byte of a vector where it comes from when its words are rotated to the left. */
const BYTES_64_BY_8 = memory.data<u8>([7, 0, 1, 2, 3, 4, 5, 6, 15, 8, 9, 10, 11, 12, 13, 14], 16);
const BYTES_64_BY_56 = memory.data<u8>([1, 2, 3, 4, 5, 6, 7, 0, 9, 10, 11, 12, 13, 14, 15, 8], 16);
const BYTES_32_BY_8 = memory.data<u8>([3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14], 16);

export function xor<T>(a: T, b: T): T {
  if (isVector<T>()) return v128.xor(a, b);
  else return a ^ b;
}

/** a and not b */
export function andNot<T>(a: T, b: T): T {
  if (isVector<T>()) return v128.andnot(a, b);
  else return a & ~b;
}

/** The bits of `a` where `mask` is set, those of `b` elsewhere. */
export function select<T>(a: T, b: T, mask: T): T {
  if (isVector<T>()) return v128.bitselect(a, b, mask);
  else return ((a ^ b) & mask) ^ b;
}

/** To the left, each word of 64 bits by itself. */
export function rotate64<T>(a: T, bits: i32): T {
  if (isVector<T>()) return v128.or(v128.shl<u64>(a, bits), v128.shr<u64>(a, 64 - bits));
  else return rotl<T>(a, bits);
}

/** To the left, each word of 32 bits by itself. */
export function rotate32<T>(a: T, bits: i32): T {
  if (isVector<T>()) return v128.or(v128.shl<u32>(a, bits), v128.shr<u32>(a, 32 - bits));
  else return rotl<T>(a, bits);
}

/** To the left. An addition finds an idle unit more easily than a shift does. */
export function rotate64By1<T>(a: T): T {
  if (isVector<T>()) return v128.or(v128.add<u64>(a, a), v128.shr<u64>(a, 63));
  else return rotl<T>(a, 1);
}

/** To the left, by a whole byte: bytes are moved in one instruction instead of three. */
export function rotate64By8<T>(a: T): T {
  if (isVector<T>()) return i8x16.relaxed_swizzle(a, v128.load(BYTES_64_BY_8));
  else return rotl<T>(a, 8);
}

export function rotate64By56<T>(a: T): T {
  if (isVector<T>()) return i8x16.relaxed_swizzle(a, v128.load(BYTES_64_BY_56));
  else return rotl<T>(a, 56);
}

export function rotate32By8<T>(a: T): T {
  if (isVector<T>()) return i8x16.relaxed_swizzle(a, v128.load(BYTES_32_BY_8));
  else return rotl<T>(a, 8);
}

/** Each word of 32 bits by itself. */
export function add32<T>(a: T, b: T): T {
  if (isVector<T>()) return v128.add<u32>(a, b);
  else return a + b;
}

/** The same 64-bit word for every message. */
export function spread64<T>(at: usize): T {
  if (isVector<T>()) return v128.load64_splat(at);
  else return load<u64>(at);
}

/** The same 32-bit word for every message. */
export function spread32<T>(at: usize): T {
  if (isVector<T>()) return v128.load32_splat(at);
  else return load<u32>(at);
}

/** What `copy` and `clear` may write, and `copy` may read, after what they are asked for. */
export const OVERRUN: u32 = 15;

export function copy(to: usize, from: usize, length: u32): void {
  if (ASC_FEATURE_SIMD) {
    for (let i: u32 = 0; i < length; i += 16) v128.store(to + i, v128.load(from + i));
  } else {
    for (let i: u32 = 0; i < length; i += 8) store<u64>(to + i, load<u64>(from + i));
  }
}

export function copyDigest(to: usize, from: usize): void {
  for (let i: u32 = 0; i < DIGEST; i += 8) store<u64>(to + i, load<u64>(from + i));
}

export function clear(from: usize, to: usize): void {
  if (ASC_FEATURE_SIMD) {
    for (let at = from; at < to; at += 16) v128.store(at, i64x2.splat(0));
  } else {
    for (let at = from; at < to; at += 8) store<u64>(at, 0);
  }
}

/**
 * Ends a message with `marker` and zeros up to `end`. It writes whole words of eight bytes, as they are
 * read soon after: a processor stalls where a read spans two writes that are still under way.
 */
export function endMessage(message: usize, length: u32, marker: u64, end: usize): void {
  const last = message + (length & ~7);
  const shift: u64 = (length & 7) * 8;
  const kept = load<u64>(last) & (((<u64>1) << shift) - 1);
  store<u64>(last, kept | (marker << shift));
  clear(last + 8, end);
}
