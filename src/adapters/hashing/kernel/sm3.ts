/**
 * SM3 (GB/T 32905-2016). Each round waits for the one before, so three groups of messages are hashed at
 * once, of four each with SIMD and of one without, and one works while the others wait.
 */
import { add32, endMessage, rotate32, rotate32By8, select, spread32, xor } from "./words.ts";

export const BLOCK: u32 = 64;
export const WIDTH: u32 = ASC_FEATURE_SIMD ? 12 : 3;

const START = memory.data<u32>(
  [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e],
  16,
);
/** T_j turned left by j, for rounds 0 to 63; filled once. */
const CONSTANTS = memory.data(64 * 4, 16);
/** For each group the registers A to H of its messages, word beside word. */
const STATES = memory.data(3 * 8 * 16, 16);
/** The same, while a block is being taken in. */
const REGISTERS = memory.data(3 * 8 * 16, 16);
/** For each group W_0 to W_67 of its messages. */
const SCHEDULES = memory.data(3 * 68 * 16, 16);
/** The same of the block that comes after a message of 64 bytes, such as every node of a batch tree has; filled once. */
const PADDING_SCHEDULES = memory.data(3 * 68 * 16, 16);
/** Its last eight bytes: the message's length in bits. */
const PADDING_END: u64 = bswap<u64>(64 * 8);

for (let j: u32 = 0; j < 64; j++) {
  store<u32>(CONSTANTS + 4 * j, rotl<u32>(j < 16 ? 0x79cc4519 : 0x7a879d8a, j & 31));
}

if (ASC_FEATURE_SIMD) fillPadding<v128>();
else fillPadding<u32>();

function fillPadding<T>(): void {
  for (let group: u32 = 0; group < 3; group++) {
    const schedule = PADDING_SCHEDULES + 68 * sizeof<T>() * group;
    for (let lane: u32 = 0; lane < WIDTH / 3; lane++) {
      store<u32>(schedule + 4 * lane, 0x80000000);
      store<u32>(schedule + 15 * sizeof<T>() + 4 * lane, 64 * 8);
    }
  }
  expand<T>(PADDING_SCHEDULES);
}

export function blocksOf(length: u32): u32 {
  return (length + 8) / BLOCK + 1;
}

/** Pads the message in its place to `blocks` blocks. */
export function pad(message: usize, length: u32, blocks: u32): void {
  const end = message + blocks * BLOCK;
  endMessage(message, length, 0x80, end);
  store<u64>(end - 8, bswap<u64>(<u64>length * 8));
}

/** Takes the first block of each message in; `messages` holds their addresses. */
export function begin(messages: usize): void {
  if (ASC_FEATURE_SIMD) start<v128>();
  else start<u32>();
  absorb(messages, 0);
}

function start<T>(): void {
  for (let i: u32 = 0; i < 24; i++) {
    store<T>(STATES + sizeof<T>() * i, spread32<T>(START + 4 * (i % 8)));
  }
}

/** Takes a further block in, `offset` bytes after the first. */
export function absorb(messages: usize, offset: u32): void {
  if (ASC_FEATURE_SIMD) compress<v128>(scheduleFour(messages, offset));
  else compress<u32>(schedule(messages, offset));
}

function schedule(messages: usize, offset: u32): usize {
  if (arePadding(messages, offset)) return PADDING_SCHEDULES;
  gather(load<u32>(messages) + offset, SCHEDULES);
  gather(load<u32>(messages, 4) + offset, SCHEDULES + 68 * 4);
  gather(load<u32>(messages, 8) + offset, SCHEDULES + 136 * 4);
  expand<u32>(SCHEDULES);
  return SCHEDULES;
}

function scheduleFour(messages: usize, offset: u32): usize {
  if (arePadding(messages, offset)) return PADDING_SCHEDULES;
  gatherFour(messages, offset, SCHEDULES);
  gatherFour(messages + 16, offset, SCHEDULES + 68 * 16);
  gatherFour(messages + 32, offset, SCHEDULES + 136 * 16);
  expand<v128>(SCHEDULES);
  return SCHEDULES;
}

/** Whether the block of every message is what comes after 64 bytes. */
function arePadding(messages: usize, offset: u32): bool {
  for (let i: u32 = 0; i < WIDTH; i++) {
    const block = <usize>load<u32>(messages + 4 * i) + offset;
    if (load<u64>(block) != 0x80 || load<u64>(block, 56) != PADDING_END) return false;
    for (let at: u32 = 8; at < 56; at += 8) if (load<u64>(block + at) != 0) return false;
  }
  return true;
}

/** The words of one block, big-endian. */
function gather(block: usize, schedule: usize): void {
  for (let i: u32 = 0; i < BLOCK; i += 4) {
    store<u32>(schedule + i, bswap<u32>(load<u32>(block + i)));
  }
}

/** The words of one block of four messages, big-endian, word beside word. */
function gatherFour(messages: usize, offset: u32, schedule: usize): void {
  const first = <usize>load<u32>(messages) + offset;
  const second = <usize>load<u32>(messages, 4) + offset;
  const third = <usize>load<u32>(messages, 8) + offset;
  const fourth = <usize>load<u32>(messages, 12) + offset;
  for (let i: u32 = 0; i < BLOCK; i += 16) {
    const a = v128.load(first + i);
    const b = v128.load(second + i);
    const c = v128.load(third + i);
    const d = v128.load(fourth + i);
    const at = schedule + 4 * i;
    storePairs(at, v128.shuffle<u32>(a, b, 0, 4, 1, 5), v128.shuffle<u32>(c, d, 0, 4, 1, 5));
    storePairs(at + 32, v128.shuffle<u32>(a, b, 2, 6, 3, 7), v128.shuffle<u32>(c, d, 2, 6, 3, 7));
  }
}

/** Two words of four messages, of two in each vector. */
function storePairs(at: usize, two: v128, others: v128): void {
  v128.store(at, swapBytes(v128.shuffle<u64>(two, others, 0, 2)));
  v128.store(at, swapBytes(v128.shuffle<u64>(two, others, 1, 3)), 16);
}

function swapBytes(words: v128): v128 {
  return v128.shuffle<u8>(words, words, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
}

/** Writes the digest of the message in this place. */
export function squeeze(place: u32, digest: usize): void {
  const lanes = WIDTH / 3;
  const state = STATES + (place / lanes) * 8 * 4 * lanes + 4 * (place % lanes);
  for (let i: u32 = 0; i < 8; i++) {
    store<u32>(digest + 4 * i, bswap<u32>(load<u32>(state + 4 * lanes * i)));
  }
}

function expand<T>(schedules: usize): void {
  for (let j: u32 = 0; j < 52; j++) {
    const at = schedules + sizeof<T>() * j;
    store<T>(at, wordAfter<T>(at), 16 * sizeof<T>());
    store<T>(at, wordAfter<T>(at + 68 * sizeof<T>()), 84 * sizeof<T>());
    store<T>(at, wordAfter<T>(at + 136 * sizeof<T>()), 152 * sizeof<T>());
  }
}

/**
 * W_j from the 16 words before it, of which `at` is the first: P_1(X) ⊕ (W_{j−13} ⋘ 7) ⊕ W_{j−6}. The turns by 15 and
 * by 23 in P_1 are turns by 7 of whole bytes turned before, so that one turn serves all three.
 */
function wordAfter<T>(at: usize): T {
  const before = xor(load<T>(at), load<T>(at, 7 * sizeof<T>()));
  const x = xor(before, rotate32(load<T>(at, 13 * sizeof<T>()), 15));
  const bytes = rotate32By8(xor(x, rotate32By8(x)));
  const turned = rotate32(xor(bytes, load<T>(at, 3 * sizeof<T>())), 7);
  return xor(xor(x, turned), load<T>(at, 10 * sizeof<T>()));
}

function compress<T>(schedules: usize): void {
  for (let i: u32 = 0; i < 24; i++) {
    store<T>(REGISTERS + sizeof<T>() * i, load<T>(STATES + sizeof<T>() * i));
  }
  for (let j: u32 = 0; j < 16; j += 2) {
    Rounds.two<T>(REGISTERS, schedules + sizeof<T>() * j, j, true);
    Rounds.two<T>(REGISTERS + 8 * sizeof<T>(), schedules + sizeof<T>() * (68 + j), j, true);
    Rounds.two<T>(REGISTERS + 16 * sizeof<T>(), schedules + sizeof<T>() * (136 + j), j, true);
  }
  for (let j: u32 = 16; j < 64; j += 2) {
    Rounds.two<T>(REGISTERS, schedules + sizeof<T>() * j, j, false);
    Rounds.two<T>(REGISTERS + 8 * sizeof<T>(), schedules + sizeof<T>() * (68 + j), j, false);
    Rounds.two<T>(REGISTERS + 16 * sizeof<T>(), schedules + sizeof<T>() * (136 + j), j, false);
  }
  for (let i: u32 = 0; i < 24; i++) {
    const at = STATES + sizeof<T>() * i;
    store<T>(at, xor(load<T>(at), load<T>(REGISTERS + sizeof<T>() * i)));
  }
}

/** Static methods can be inlined, so that nothing is computed twice and no choice is left to run time. */
class Rounds {
  /**
   * Rounds j and j + 1 of one group. Instead of every register moving on by one place after each round, the
   * next round calls them by other names, and only at the end they move on by two.
   */
  @inline
  static two<T>(registers: usize, words: usize, j: u32, isEarly: bool): void {
    let a = load<T>(registers);
    let b = load<T>(registers, sizeof<T>());
    let c = load<T>(registers, 2 * sizeof<T>());
    let d = load<T>(registers, 3 * sizeof<T>());
    let e = load<T>(registers, 4 * sizeof<T>());
    let f = load<T>(registers, 5 * sizeof<T>());
    let g = load<T>(registers, 6 * sizeof<T>());
    let h = load<T>(registers, 7 * sizeof<T>());
    const constants = CONSTANTS + 4 * j;
    let word = load<T>(words);
    let next = load<T>(words, 4 * sizeof<T>());
    let sum = Rounds.sum(a, e, spread32<T>(constants));
    d = Rounds.upper(a, b, c, d, xor(sum, rotate32(a, 12)), xor(word, next), isEarly);
    h = Rounds.lower(e, f, g, h, add32(sum, word), isEarly);
    b = rotate32(b, 9);
    f = rotate32(f, 19);
    word = load<T>(words, sizeof<T>());
    next = load<T>(words, 5 * sizeof<T>());
    sum = Rounds.sum(d, h, spread32<T>(constants + 4));
    c = Rounds.upper(d, a, b, c, xor(sum, rotate32(d, 12)), xor(word, next), isEarly);
    g = Rounds.lower(h, e, f, g, add32(sum, word), isEarly);
    a = rotate32(a, 9);
    e = rotate32(e, 19);
    store<T>(registers, c);
    store<T>(registers, d, sizeof<T>());
    store<T>(registers, a, 2 * sizeof<T>());
    store<T>(registers, b, 3 * sizeof<T>());
    store<T>(registers, g, 4 * sizeof<T>());
    store<T>(registers, h, 5 * sizeof<T>());
    store<T>(registers, e, 6 * sizeof<T>());
    store<T>(registers, f, 7 * sizeof<T>());
  }

  /** SS1 */
  @inline
  static sum<T>(a: T, e: T, constant: T): T {
    return rotate32(add32(add32(rotate32(a, 12), e), constant), 7);
  }

  /** TT1, from SS2 and W' */
  @inline
  static upper<T>(a: T, b: T, c: T, d: T, sum: T, word: T, isEarly: bool): T {
    const mixed = isEarly ? Rounds.parity(a, b, c) : Rounds.majority(a, b, c);
    return add32(add32(add32(d, word), mixed), sum);
  }

  /** P_0(TT2), from SS1 + W */
  @inline
  static lower<T>(e: T, f: T, g: T, h: T, sum: T, isEarly: bool): T {
    const mixed = isEarly ? Rounds.parity(e, f, g) : Rounds.choose(e, f, g);
    const x = add32(add32(h, mixed), sum);
    const y = rotate32(x, 9);
    return xor(x, xor(y, rotate32By8(y)));
  }

  @inline
  static parity<T>(a: T, b: T, c: T): T {
    return xor(xor(a, b), c);
  }

  @inline
  static majority<T>(a: T, b: T, c: T): T {
    return select(c, a, xor(a, b));
  }

  @inline
  static choose<T>(e: T, f: T, g: T): T {
    return select(f, g, e);
  }
}
