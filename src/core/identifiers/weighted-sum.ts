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
