/** Values of characters in the check-character systems: the position in the system's alphabet. */

/** Characters of known alphabets only: call it after the shape has been checked. */
export function valuesOf(text: string, alphabet: string): number[] {
  return Array.from(text, (character) => alphabet.indexOf(character));
}

/** Σ value × weight over the shorter of the two lists. */
export function weightedSum(values: readonly number[], weights: readonly number[]): number {
  return weights.reduce((sum, weight, i) => sum + weight * (values[i] as number), 0);
}
