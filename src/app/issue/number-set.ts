/**
 * A set of certificate numbers, exact and small: their bytes one after the other, and a hash table of where
 * each begins. Ten million numbers of 18 characters take about 270 MB, where a Set of strings takes a
 * gigabyte.
 */

const CHUNK_BITS = 22;
const CHUNK_BYTES = 1 << CHUNK_BITS;
/** In UTF-8: what is longer is no number, and is taken as far as this. */
const MAX_NUMBER_BYTES = 255;
const FIRST_SLOTS = 1 << 10;
/** Of all slots: past it, looking for a free one takes too long. */
const MAX_FILLED = 0.6;
/** A slot holds the place plus one. */
const FREE = 0;

export class NumberSet {
  readonly #encoder = new TextEncoder();
  readonly #scratch = new Uint8Array(1 + MAX_NUMBER_BYTES);
  readonly #chunks: Uint8Array[] = [];
  /** Where the next number goes; place p is byte p % CHUNK_BYTES of chunk p / CHUNK_BYTES. */
  #end = 0;
  #count = 0;
  #slots = new Uint32Array(FIRST_SLOTS);
  /** Eight bits of each number's hash: most others are told apart without a look at their bytes. */
  #tags = new Uint8Array(FIRST_SLOTS);

  /** @returns whether it was not in the set before. */
  add(number: string): boolean {
    const length = this.#encode(number);
    const hash = hashOf(this.#scratch, 0, length);
    const slot = this.#slotOf(hash, length);
    if (this.#slots[slot] !== FREE) return false;
    this.#fill(slot, hash, this.#append(length));
    this.#count++;
    if (this.#count > MAX_FILLED * this.#slots.length) this.#grow();
    return true;
  }

  /** Into the scratch: its length in a byte, then its bytes. @returns how many that is */
  #encode(number: string): number {
    const { written } = this.#encoder.encodeInto(number, this.#scratch.subarray(1));
    this.#scratch[0] = written;
    return 1 + written;
  }

  /** The slot of the number in the scratch, or the free one where it would go. */
  #slotOf(hash: number, length: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const place = this.#slots[slot] as number;
      if (place === FREE) return slot;
      if (this.#tags[slot] === tagOf(hash) && this.#isAt(place - 1, length)) return slot;
    }
  }

  #isAt(place: number, length: number): boolean {
    const chunk = this.#chunkOf(place);
    const start = place & (CHUNK_BYTES - 1);
    for (let i = 0; i < length; i++) if (chunk[start + i] !== this.#scratch[i]) return false;
    return true;
  }

  #append(length: number): number {
    const isFull = (this.#end & (CHUNK_BYTES - 1)) + length > CHUNK_BYTES;
    if (isFull) this.#end = this.#chunks.length * CHUNK_BYTES;
    if (this.#end >>> CHUNK_BITS === this.#chunks.length) {
      this.#chunks.push(new Uint8Array(CHUNK_BYTES));
    }
    const place = this.#end;
    this.#chunkOf(place).set(this.#scratch.subarray(0, length), place & (CHUNK_BYTES - 1));
    this.#end = place + length;
    return place;
  }

  #chunkOf(place: number): Uint8Array {
    return this.#chunks[place >>> CHUNK_BITS] as Uint8Array;
  }

  #fill(slot: number, hash: number, place: number): void {
    this.#slots[slot] = place + 1;
    this.#tags[slot] = tagOf(hash);
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(2 * old.length);
    this.#tags = new Uint8Array(2 * old.length);
    for (const place of old) if (place !== FREE) this.#placeAgain(place - 1);
  }

  #placeAgain(place: number): void {
    const chunk = this.#chunkOf(place);
    const start = place & (CHUNK_BYTES - 1);
    const hash = hashOf(chunk, start, start + 1 + (chunk[start] as number));
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== FREE) slot = (slot + 1) & mask;
    this.#fill(slot, hash, place);
  }
}

/** FNV-1a with the finish of MurmurHash3, which spreads numbers that differ in a digit over all bits. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Bits that do not choose the slot until there are 2^24 of them. */
function tagOf(hash: number): number {
  return hash >>> 24;
}
