/**
 * Messages are written here, and wait until many of the same number of blocks are there, which are then
 * hashed some at a time. So short and long ones may come in any order, and none makes another wait long.
 */
import * as keccak from "./keccak.ts";
import * as sm3 from "./sm3.ts";
import { OVERRUN, clear } from "./words.ts";

/** The suites of the protocol. */
const KECCAK256: u32 = 1;

/** Messages of 1 to 8 blocks wait each with their like; all longer ones wait together, in class 0. */
const CLASSES: u32 = 9;
const LONG: u32 = 0;
/** How many may wait in a class, but for the long ones: several times as many as are hashed at once. */
const PLACES: u32 = 24;
const SLACK: u32 = OVERRUN + 1;
/** Places for messages of 1 to 8 blocks of Keccak; those of SM3 need less. */
const ROOM = memory.data(24 * (36 * 136 + 8 * 16), 16);

/** For each class how many messages wait; for each of its places its address and that of its digest. */
const WAITING = memory.data(9 * 4, 16);
const ADDRESSES = memory.data(9 * 24 * 4, 16);
const DIGESTS = memory.data(9 * 24 * 4, 16);
/** The number of blocks of each message that waits in class 0. */
const LONG_BLOCKS = memory.data(12 * 4, 16);

let suite: u32 = KECCAK256;
let width: u32 = 1;
/** How many messages are hashed at once. */
export function messagesAtOnce(id: u32): u32 {
  return id == KECCAK256 ? keccak.WIDTH : sm3.WIDTH;
}

/**
 * Begins anew with a suite.
 * @param room for messages of more than 8 blocks: `bytes` bytes for each that is hashed at once
 */
export function open(id: u32, room: usize, bytes: u32): void {
  suite = id;
  width = messagesAtOnce(id);
  clear(WAITING, WAITING + 4 * CLASSES);
  const block = id == KECCAK256 ? keccak.BLOCK : sm3.BLOCK;
  layOut(LONG, width, room, bytes);
  let at = ROOM;
  for (let group: u32 = 1; group < CLASSES; group++) {
    layOut(group, PLACES, at, group * block + SLACK);
    at += PLACES * (group * block + SLACK);
  }
}

function layOut(group: u32, places: u32, room: usize, bytes: u32): void {
  for (let i: u32 = 0; i < places; i++) {
    store<u32>(ADDRESSES + 4 * (PLACES * group + i), <u32>room + i * bytes);
  }
}

/** How many blocks a message of this length has with its padding. */
export function blocksOf(length: u32): u32 {
  return suite == KECCAK256 ? keccak.blocksOf(length) : sm3.blocksOf(length);
}

function classOf(blocks: u32): u32 {
  return blocks < CLASSES ? blocks : LONG;
}

/** @returns where to write a message of so many blocks, which `put` then hands over. */
export function place(blocks: u32): usize {
  const group = classOf(blocks);
  return load<u32>(ADDRESSES + 4 * (PLACES * group + load<u32>(WAITING + 4 * group)));
}

/** Pads the message just written; its digest will be at `digest` after `flush` at the latest. */
export function put(message: usize, length: u32, blocks: u32, digest: usize): void {
  pad(message, length, blocks);
  putPadded(blocks, digest);
}

function pad(message: usize, length: u32, blocks: u32): void {
  if (suite == KECCAK256) keccak.pad(message, length, blocks);
  else sm3.pad(message, length, blocks);
}

/**
 * Pads every place for messages of one length, of at most 8 blocks, while none waits: they can then be
 * written, byte for byte, and handed over by `putPadded`. @returns their number of blocks
 */
export function padPlaces(length: u32): u32 {
  const blocks = blocksOf(length);
  for (let i: u32 = 0; i < PLACES; i++) {
    pad(load<u32>(ADDRESSES + 4 * (PLACES * blocks + i)), length, blocks);
  }
  return blocks;
}

export function putPadded(blocks: u32, digest: usize): void {
  const group = classOf(blocks);
  const waiting = load<u32>(WAITING + 4 * group);
  store<u32>(DIGESTS + 4 * (PLACES * group + waiting), <u32>digest);
  store<u32>(WAITING + 4 * group, waiting + 1);
  if (group == LONG) store<u32>(LONG_BLOCKS + 4 * waiting, blocks);
  if (waiting + 1 == (group == LONG ? width : PLACES)) hash(group);
}

/** Hashes all that still wait. */
export function flush(): void {
  for (let group: u32 = 0; group < CLASSES; group++) {
    if (load<u32>(WAITING + 4 * group) > 0) hash(group);
  }
}

/** Places where no message waits are hashed too, and nobody looks at what comes out. */
function hash(group: u32): void {
  if (group == LONG) hashLong();
  else hashAlike(group);
  store<u32>(WAITING + 4 * group, 0);
}

function hashAlike(blocks: u32): void {
  const waiting = load<u32>(WAITING + 4 * blocks);
  for (let first: u32 = 0; first < waiting; first += width) {
    const at = 4 * (PLACES * blocks + first);
    for (let block: u32 = 0; block < blocks; block++) {
      take(ADDRESSES + at, block, block + 1 == blocks);
    }
    const count = min(width, waiting - first);
    for (let i: u32 = 0; i < count; i++) squeeze(i, load<u32>(DIGESTS + at + 4 * i));
  }
}

/** A message that is shorter than another gives its digest first; what it takes in after that is lost. */
function hashLong(): void {
  const messages = ADDRESSES + 4 * PLACES * LONG;
  const digests = DIGESTS + 4 * PLACES * LONG;
  const waiting = load<u32>(WAITING + 4 * LONG);
  for (let block: u32 = 0, left = waiting; left > 0; block++) {
    take(messages, block, false);
    for (let i: u32 = 0; i < waiting; i++) {
      if (load<u32>(LONG_BLOCKS + 4 * i) != block + 1) continue;
      squeeze(i, load<u32>(digests + 4 * i));
      left--;
    }
  }
}

function take(messages: usize, block: u32, isLast: bool): void {
  if (suite == KECCAK256) {
    if (block == 0) keccak.begin(messages, isLast);
    else keccak.absorb(messages, block * keccak.BLOCK, isLast);
  } else {
    if (block == 0) sm3.begin(messages);
    else sm3.absorb(messages, block * sm3.BLOCK);
  }
}

function squeeze(place: u32, digest: usize): void {
  if (suite == KECCAK256) keccak.squeeze(place, digest);
  else sm3.squeeze(place, digest);
}
