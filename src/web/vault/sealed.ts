/** Bytes and JSON under AES-GCM of 256 bits. What is sealed for one place does not open in another. */
import { fromUtf8, utf8 } from "./text-bytes.ts";
import { WalletFault } from "./wallet-fault.ts";

export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

const IV_BYTES = 12;
const KEY_BYTES = 32;

export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** Raw, since it is to be sealed under what unlocks it; let it live no longer than that takes. */
export function newKeyBytes(): Uint8Array<ArrayBuffer> {
  return randomBytes(KEY_BYTES);
}

/** A key that can't be read back out of the browser. */
export function sealingKey(bytes: BufferSource): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** @param place what it is sealed for, such as a record's id */
export async function seal(key: CryptoKey, place: string, bytes: BufferSource): Promise<Sealed> {
  const iv = randomBytes(IV_BYTES);
  const data = await crypto.subtle.encrypt(gcm(iv, place), key, bytes);
  return { iv, data };
}

/** @returns null where the key or the place is another, or something was changed */
export async function open(
  key: CryptoKey,
  place: string,
  { iv, data }: Sealed,
): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(gcm(iv, place), key, data));
  } catch {
    return null;
  }
}

function gcm(iv: Uint8Array<ArrayBuffer>, place: string): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: utf8(place) };
}

export function sealJson(key: CryptoKey, place: string, json: unknown): Promise<Sealed> {
  return seal(key, place, utf8(JSON.stringify(json)));
}

/** @throws WalletFault HOLDING_DAMAGED */
export async function openJson(key: CryptoKey, place: string, sealed: Sealed): Promise<unknown> {
  const bytes = await open(key, place, sealed);
  if (bytes === null) throw new WalletFault("HOLDING_DAMAGED", place);
  return JSON.parse(fromUtf8(bytes));
}
