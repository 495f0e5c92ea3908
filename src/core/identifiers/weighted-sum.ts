/**
 * Values of characters in the check-character systems: the position in the system's alphabet. The
 * text has characters of the alphabet only; callers check its shape before.
 */

/** Σ value × weight over the weights, the first one for the first character. */
export function weightedSum(text: string, alphabet: string, weights: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += (weights[i] as number) * alphabet.indexOf(text.charAt(i));
  }
  return sum;
}

/** Of a character that is not of the alphabet. */
export const NO_VALUE = 255;

/** The values again, by the characters' codes, where a character is looked up often; all are of ASCII. */
export function valuesOf(alphabet: string): Uint8Array {
  const values = new Uint8Array(128).fill(NO_VALUE);
  for (let i = 0; i < alphabet.length; i++) values[alphabet.charCodeAt(i)] = i;
  return values;
}
