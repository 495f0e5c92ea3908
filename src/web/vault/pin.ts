/** A PIN: which are taken, how long wrong ones make one wait, and the key that is made of one. */
import { sealingKey } from "./sealed.ts";
import { utf8 } from "./text-bytes.ts";
import { WalletFault } from "./wallet-fault.ts";

export const PIN_DIGITS = 6;
/** OWASP's advice of 2023 for PBKDF2 with HMAC-SHA-256; a phone of the middling sort takes half a second. */
export const PIN_ITERATIONS = 600_000;
/** At the tenth wrong one everything is wiped, where the person chose so. */
export const MAX_WRONG_PINS = 10;

const FREE_TRIES = 4;
const MINUTE = 60;
/** After the fifth wrong one, the sixth …; then always the last. */
const WAIT_SECONDS = [30, MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE, 240 * MINUTE];

/** @returns how long the next try has to wait after so many wrong ones, in seconds */
export function waitAfter(failures: number): number {
  if (failures <= FREE_TRIES) return 0;
  const step = Math.min(failures - FREE_TRIES, WAIT_SECONDS.length) - 1;
  return WAIT_SECONDS[step] as number;
}

/** @throws WalletFault PIN_MALFORMED, PIN_EASY */
export function checkNewPin(pin: string): void {
  if (!isPin(pin)) throw new WalletFault("PIN_MALFORMED");
  if (isEasy(pin)) throw new WalletFault("PIN_EASY");
}

export function isPin(pin: string): boolean {
  return /^\d{6}$/.test(pin);
}

/** What is tried first: one digit or a few over and over, and digits in their order. */
function isEasy(pin: string): boolean {
  const steps = Array.from(pin.slice(1)).map((digit, i) => Number(digit) - Number(pin.charAt(i)));
  const isRun = steps.every((step) => step === steps[0] && Math.abs(step) <= 1);
  return isRun || /^(\d{1,3})\1+$/.test(pin) || /^(\d)\1(\d)\2(\d)\3$/.test(pin);
}

export interface PinSalt {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly iterations: number;
}

/**
 * @param deviceKey an HMAC key that this browser does not give out: whoever has the records alone can't try PINs
 */
export async function keyOfPin(
  pin: string,
  { salt, iterations }: PinSalt,
  deviceKey: CryptoKey,
): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey("raw", utf8(pin), "PBKDF2", false, ["deriveBits"]);
  const kdf = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  const stretched = await crypto.subtle.deriveBits(kdf, base, 256);
  return sealingKey(await crypto.subtle.sign("HMAC", deviceKey, stretched));
}

export function newDeviceKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}
