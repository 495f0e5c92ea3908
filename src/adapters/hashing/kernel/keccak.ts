/**
 * Keccak-f[1600] and the sponge of Keccak-256 (FIPS 202, 3 and 4, with Keccak's own padding 0x01, as in
 * the EVM). With SIMD three messages are hashed at once, two in vectors and one in plain integers, since a
 * processor has units for both and either alone leaves the other's idle.
 */
import { Round } from "./keccak-round.ts";
import { endMessage } from "./words.ts";

export const BLOCK: u32 = 136;
export const WIDTH: u32 = ASC_FEATURE_SIMD ? 3 : 1;

const ROUNDS = 24;
const ROUND_CONSTANTS = memory.data<u64>(
  [
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
    0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
    0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
    0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
  ],
  16,
);
/** The 25 lanes of two messages, side by side; and where a round writes them. */
const PAIR = memory.data(25 * 16, 16);
const NEXT_PAIR = memory.data(25 * 16, 16);
/** The 25 lanes of one message, some of them inverted: see keccak-round.ts. */
const SINGLE = memory.data(25 * 8, 16);
const NEXT_SINGLE = memory.data(25 * 8, 16);

export function blocksOf(length: u32): u32 {
  return length / BLOCK + 1;
}

/** Pads the message in its place to `blocks` blocks. */
export function pad(message: usize, length: u32, blocks: u32): void {
  const end = message + blocks * BLOCK;
  endMessage(message, length, 0x01, end);
  store<u64>(end - 8, load<u64>(end - 8) | 0x8000000000000000);
}

/**
 * Takes the first block of each message in; `messages` holds their addresses.
 * @param isLast whether only digests are wanted afterwards: then most of the last round is left out
 */
export function begin(messages: usize, isLast: bool): void {
  takeFirst(load<u32>(messages));
  if (ASC_FEATURE_SIMD) takeFirstPair(load<u32>(messages, 4), load<u32>(messages, 8));
  permute(isLast);
}

function takeFirst(block: usize): void {
  for (let i: u32 = 0; i < BLOCK - 8; i += 32) {
    store<u64>(SINGLE + i, load<u64>(block + i));
    store<u64>(SINGLE + i, load<u64>(block + i, 8), 8);
    store<u64>(SINGLE + i, load<u64>(block + i, 16), 16);
    store<u64>(SINGLE + i, load<u64>(block + i, 24), 24);
  }
  store<u64>(SINGLE, load<u64>(block, 128), 128);
  invert(1);
  invert(2);
  invert(8);
  invert(12);
  store<u64>(SINGLE, -1, 8 * 17);
  store<u64>(SINGLE, 0, 8 * 18);
  store<u64>(SINGLE, 0, 8 * 19);
  store<u64>(SINGLE, -1, 8 * 20);
  store<u64>(SINGLE, 0, 8 * 21);
  store<u64>(SINGLE, 0, 8 * 22);
  store<u64>(SINGLE, 0, 8 * 23);
  store<u64>(SINGLE, 0, 8 * 24);
}

function invert(lane: usize): void {
  store<u64>(SINGLE + 8 * lane, ~load<u64>(SINGLE + 8 * lane));
}

function takeFirstPair(one: usize, other: usize): void {
  for (let i: u32 = 0; i < BLOCK - 8; i += 32) {
    takeWords(one + i, other + i, PAIR + 2 * i);
    takeWords(one + i + 16, other + i + 16, PAIR + 2 * i + 32);
  }
  v128.store(PAIR, wordsAt(one + 128, other + 128), 256);
  v128.store(PAIR, i64x2.splat(0), 16 * 17);
  v128.store(PAIR, i64x2.splat(0), 16 * 18);
  v128.store(PAIR, i64x2.splat(0), 16 * 19);
  v128.store(PAIR, i64x2.splat(0), 16 * 20);
  v128.store(PAIR, i64x2.splat(0), 16 * 21);
  v128.store(PAIR, i64x2.splat(0), 16 * 22);
  v128.store(PAIR, i64x2.splat(0), 16 * 23);
  v128.store(PAIR, i64x2.splat(0), 16 * 24);
}

/** Two words of each message, side by side. */
function takeWords(one: usize, other: usize, state: usize): void {
  const words = v128.load(one);
  const others = v128.load(other);
  v128.store(state, v128.shuffle<u64>(words, others, 0, 2));
  v128.store(state, v128.shuffle<u64>(words, others, 1, 3), 16);
}

/** Takes a further block in, `offset` bytes after the first. */
export function absorb(messages: usize, offset: u32, isLast: bool): void {
  take(load<u32>(messages) + offset);
  if (ASC_FEATURE_SIMD) takePair(load<u32>(messages, 4) + offset, load<u32>(messages, 8) + offset);
  permute(isLast);
}

function take(block: usize): void {
  for (let i: u32 = 0; i < BLOCK; i += 8) {
    store<u64>(SINGLE + i, load<u64>(SINGLE + i) ^ load<u64>(block + i));
  }
}

function takePair(one: usize, other: usize): void {
  for (let i: u32 = 0; i < BLOCK; i += 8) {
    const at = PAIR + 2 * i;
    v128.store(at, v128.xor(v128.load(at), wordsAt(one + i, other + i)));
  }
}

function wordsAt(one: usize, other: usize): v128 {
  return v128.load_lane<u64>(other, v128.load64_zero(one), 1);
}

/** Writes the digest of the message in this place. */
export function squeeze(place: u32, digest: usize): void {
  if (place > 0) return squeezeFrom<v128>(PAIR + 8 * (place - 1), digest);
  squeezeFrom<u64>(SINGLE, digest);
  store<u64>(digest, ~load<u64>(digest, 8), 8);
  store<u64>(digest, ~load<u64>(digest, 16), 16);
}

function squeezeFrom<T>(state: usize, digest: usize): void {
  store<u64>(digest, load<u64>(state));
  store<u64>(digest, load<u64>(state, sizeof<T>()), 8);
  store<u64>(digest, load<u64>(state, 2 * sizeof<T>()), 16);
  store<u64>(digest, load<u64>(state, 3 * sizeof<T>()), 24);
}

/** All rounds, over all states. */
function permute(isLast: bool): void {
  const end = ROUND_CONSTANTS + 8 * (isLast ? ROUNDS - 2 : ROUNDS);
  for (let constant = ROUND_CONSTANTS; constant < end; constant += 16) {
    Round.of(PAIR, NEXT_PAIR, SINGLE, NEXT_SINGLE, constant, false);
    Round.of(NEXT_PAIR, PAIR, NEXT_SINGLE, SINGLE, constant + 8, false);
  }
  if (!isLast) return;
  Round.of(PAIR, NEXT_PAIR, SINGLE, NEXT_SINGLE, end, false);
  Round.of(NEXT_PAIR, PAIR, NEXT_SINGLE, SINGLE, end + 8, true);
}
