/**
 * Numbers in columns: each takes a byte for every seven bits it needs, what stands in its own column
 * compresses well, and nothing is read past its end.
 */
import { malformed } from "../encoding/format-error.ts";

const FIRST_ROOM = 256;
const MAX_BYTES = 8;

export class ColumnWriter {
  #bytes = new Uint8Array(FIRST_ROOM);
  #at = 0;

  /** @param value 0 to 2^53 − 1 */
  uint(value: number): void {
    if (this.#at + MAX_BYTES > this.#bytes.length) this.#grow();
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.#bytes[this.#at++] = (rest % 128) | 128;
    this.#bytes[this.#at++] = rest;
  }

  /** Small ones of either sign stay small: 0, −1, 1, −2, … */
  int(value: number): void {
    this.uint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#at);
  }

  #grow(): void {
    const larger = new Uint8Array(2 * this.#bytes.length);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

export class ColumnReader {
  readonly #bytes: Uint8Array;
  readonly #where: string;
  #at = 0;

  constructor(bytes: Uint8Array, where: string) {
    this.#bytes = bytes;
    this.#where = where;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** @throws FormatError MALFORMED past the end, above `most`, or written longer than needed */
  uint(most = Number.MAX_SAFE_INTEGER): number {
    let [value, scale, byte] = [0, 1, 128];
    while (byte >= 128) {
      byte = this.#bytes[this.#at++] ?? -1;
      if (byte < 0 || scale > 2 ** 49) throw this.#fault("a column cut short");
      value += (byte % 128) * scale;
      scale *= 128;
    }
    const isPadded = byte === 0 && scale > 128;
    if (isPadded || value > most) throw this.#fault("a number out of its range");
    return value;
  }

  int(): number {
    const value = this.uint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** @throws FormatError MALFORMED unless all was read */
  end(): void {
    if (!this.isAtEnd) throw this.#fault("bytes after a column's end");
  }

  #fault(message: string): Error {
    return malformed(this.#where, message);
  }
}
