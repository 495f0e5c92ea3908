/** What the application needs of the machine: the time, and bytes nobody can foretell. */

/** Seconds since 1970, whole, never going backwards by more than the machine's own clock does. */
export interface Clock {
  now(): number;
}

/** Bytes from a cryptographic generator. */
export type Randomness = (length: number) => Uint8Array;
