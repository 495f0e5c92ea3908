/** How the store knows a certificate number without having it: many are identity numbers, few enough to try out. */
import { concat, getBytes, keccak256, toUtf8Bytes } from "ethers";
import { NUMBER_DIGEST_BYTES } from "../../ports/agency-store.ts";

/**
 * The first 16 bytes of keccak256(numberKey ‖ number in UTF-8). Two numbers have the same with a probability
 * below 10^-20 for a billion of them.
 * @param numberKey 32 bytes, without which no digest can be made
 */
export function numberDigest(numberKey: Uint8Array, number: string): Uint8Array {
  const digest = getBytes(keccak256(concat([numberKey, toUtf8Bytes(number)])));
  return digest.slice(0, NUMBER_DIGEST_BYTES);
}
