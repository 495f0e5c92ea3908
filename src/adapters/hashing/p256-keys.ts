/**
 * P-256 keys as OpenSSL holds them. Agencies' keys come again and again, a holder's hardly ever: what is met for the
 * first time is read in and forgotten, and what is met again is kept.
 */
import { createPublicKey } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { equalBytes } from "../../core/encoding/bytes.ts";
import type { P256PublicKey } from "../../core/hashing.ts";
import { COORDINATE_BYTES, keyToPem } from "./p256-der.ts";

/** Each key has its place by its first bytes; two in one place are only slower. */
const PLACES = 1024;
/** How many new keys, about, may come before one that comes again is new once more. */
const RECENT = 32;

interface Kept extends P256PublicKey {
  readonly key: KeyObject;
}

const kept: (Kept | undefined)[] = Array.from({ length: PLACES }, () => undefined);
/** The beginnings of the last keys that were new, each in its place until another comes there. */
const met = new Uint32Array(RECENT);

/** @returns null for coordinates that are no point of the curve */
export function keyOf(point: P256PublicKey): KeyObject | null {
  const { x, y } = point;
  if (x.length !== COORDINATE_BYTES || y.length !== COORDINATE_BYTES) return null;
  const beginning = beginningOf(x);
  const place = beginning % PLACES;
  const recent = beginning % RECENT;
  const known = kept[place];
  if (known !== undefined && equalBytes(known.x, x) && equalBytes(known.y, y)) return known.key;
  const key = importKey(point);
  if (key !== null && met[recent] === beginning) kept[place] = { x: x.slice(), y: y.slice(), key };
  met[recent] = beginning;
  return key;
}

function beginningOf(x: Uint8Array): number {
  return ((x[0] as number) << 16) | ((x[1] as number) << 8) | (x[2] as number);
}

function importKey(point: P256PublicKey): KeyObject | null {
  try {
    return createPublicKey(keyToPem(point));
  } catch {
    return null;
  }
}
