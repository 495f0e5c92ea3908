/**
 * Claim codes (领证码): what a citizen types to fetch a certificate. Sixteen characters of Crockford's base32,
 * 0–9 and A–Z without I, L, O and U: fifteen at random (75 bits) and one that notices a mistake.
 */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const RANDOM_CHARACTERS = 15;
const GROUP = /.{4}(?=.)/g;
const WRITTEN = /^[0-9A-HJKMNP-TV-Z]{16}$/;
/** x^5 + x^2 + 1: multiplying by x runs through all 31 elements of GF(32) that are not zero. */
const FIELD = 0b100101;

/** As it is kept and compared: without hyphens. */
export type ClaimCodeText = string & { readonly claimCode: unique symbol };

/** How many random bytes a code is made of. */
export const CLAIM_CODE_RANDOM_BYTES = RANDOM_CHARACTERS;

/** @param random CLAIM_CODE_RANDOM_BYTES from a cryptographic generator */
export function makeClaimCode(random: Uint8Array): ClaimCodeText {
  const digits = Array.from(random, (byte) => byte & 31);
  const check = timesX(fold(digits));
  return [...digits, check].map((digit) => ALPHABET.charAt(digit)).join("") as ClaimCodeText;
}

/** "7F3K2Q9X…" → "7F3K-2Q9X-…" */
export function writeClaimCode(code: ClaimCodeText): string {
  return code.replace(GROUP, "$&-");
}

/**
 * Capitals, spaces and hyphens don't matter; O is read as 0, I and L as 1.
 * @returns null where it is none: any one wrong character is noticed, and any two that were exchanged
 */
export function parseClaimCode(text: string): ClaimCodeText | null {
  const written = text
    .toUpperCase()
    .replace(/[\s\-‐–—]/g, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
  if (!WRITTEN.test(written)) return null;
  const digits = Array.from(written, (character) => ALPHABET.indexOf(character));
  return fold(digits) === 0 ? (written as ClaimCodeText) : null;
}

/** Σ digit · x^(places from the right): each place has another weight, so an exchange changes the sum. */
function fold(digits: readonly number[]): number {
  return digits.reduce((sum, digit) => timesX(sum) ^ digit, 0);
}

function timesX(element: number): number {
  const doubled = element << 1;
  return doubled > 31 ? doubled ^ FIELD : doubled;
}
