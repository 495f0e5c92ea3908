/** What every use case needs from the machine: time, randomness, hashes. */
import { randomBytes } from "node:crypto";
import { loadPrimitives } from "../adapters/hashing/primitives.ts";
import type { Clock, Randomness } from "../ports/clock.ts";

export const systemClock: Clock = { now: () => Math.floor(Date.now() / 1000) };
export const systemRandomness: Randomness = (length) => new Uint8Array(randomBytes(length));
export const primitives = await loadPrimitives();

/** YYYY-MM-DD in Beijing, where certificates are dated. */
export function todayInBeijing(clock: Clock): string {
  return new Date((clock.now() + 8 * 3600) * 1000).toISOString().slice(0, 10);
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
