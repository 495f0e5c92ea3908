/** SM2 signatures (GB/T 32918.2-2016, 7; the curve of GB/T 32918.5-2017) by sm-crypto-v2, on @noble/curves. */
import { sm2 } from "sm-crypto-v2";
import { toHex } from "../../core/encoding/bytes.ts";
import type { Sm2PublicKey } from "../../core/hashing.ts";
import { SM2_USER_ID } from "../../core/hashing.ts";

type Point = ReturnType<typeof sm2.precomputePublicKey>;

/** n, the order of the curve's base point. */
const ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const COORDINATE_BYTES = 32;
/** A table of this width costs as much as one verification without it, and each with it a seventh (measured). */
const WINDOW_BITS = 4;
/** Keys of more agencies than this, one after another, are only slower. */
const MAX_POINTS = 256;

const points = new Map<string, Point>();

/**
 * The library takes any numbers for r and s, so their range is checked here (GB/T 32918.2, 7.1 B1, B2).
 * @returns false, and never throws, for a key or a signature of any other form
 */
export function verifySm2(key: Sm2PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  const numbers = [signature.slice(0, COORDINATE_BYTES), signature.slice(COORDINATE_BYTES)];
  if (!numbers.every(isInRange)) return false;
  const point = pointOf(key);
  if (point === null) return false;
  return sm2.doVerifySignature(message, toHex(signature), point, {
    hash: true,
    userId: SM2_USER_ID,
  });
}

/** Whether these are 32 bytes of a number from 1 to n−1. */
function isInRange(bytes: Uint8Array): boolean {
  if (bytes.length !== COORDINATE_BYTES) return false;
  const number = BigInt(`0x${toHex(bytes)}`);
  return number > 0n && number < ORDER;
}

/** @returns null for coordinates that are no point of the curve. */
function pointOf({ x, y }: Sm2PublicKey): Point | null {
  if (x.length !== COORDINATE_BYTES || y.length !== COORDINATE_BYTES) return null;
  const hex = `04${toHex(x)}${toHex(y)}`;
  const known = points.get(hex);
  if (known !== undefined) return known;
  const point = importPoint(hex);
  if (points.size >= MAX_POINTS) points.clear();
  if (point !== null) points.set(hex, point);
  return point;
}

function importPoint(hex: string): Point | null {
  try {
    return sm2.precomputePublicKey(hex, WINDOW_BITS);
  } catch {
    return null;
  }
}
