/** A buffer that grows as it is written to and is used again and again: the ground of what writes bytes often. */

/** No UTF-16 unit takes more in UTF-8. */
const MOST_BYTES_OF_UNIT = 3;
const [FIRST_SURROGATE, LAST_SURROGATE] = [0xd800, 0xdfff];

/** For each ASCII character 1 where it may be written: every one. */
export const ALL_ASCII: Uint8Array = new Uint8Array(128).fill(1);

export class ByteRoom {
  protected bytes: Uint8Array;
  protected at = 0;

  constructor(firstBytes: number) {
    this.bytes = new Uint8Array(firstBytes);
  }

  protected byte(byte: number): void {
    this.reach(1);
    this.bytes[this.at++] = byte;
  }

  protected append(bytes: Uint8Array): void {
    this.reach(bytes.length);
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  /**
   * Writes a text in UTF-8, unit by unit: to call an encoder takes longer than most texts do.
   * @param allowed for each ASCII character 1 where it may be written
   * @returns false, with nothing written, where another is in it, or half of a surrogate pair
   */
  protected plain(text: string, allowed: Uint8Array): boolean {
    this.reach(MOST_BYTES_OF_UNIT * text.length);
    const end = writePlain(this.bytes, this.at, text, allowed);
    if (end < 0) return false;
    this.at = end;
    return true;
  }

  /** Makes sure that so many bytes more have room. */
  protected reach(more: number): void {
    if (this.at + more <= this.bytes.length) return;
    const larger = new Uint8Array(2 * (this.at + more));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

/** @returns where it ends, or -1 */
function writePlain(bytes: Uint8Array, from: number, text: string, allowed: Uint8Array): number {
  let at = from;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      if (allowed[unit] === 0) return -1;
      bytes[at++] = unit;
    } else if (unit < 0x800) {
      bytes[at++] = 0xc0 | (unit >> 6);
      bytes[at++] = 0x80 | (unit & 0x3f);
    } else {
      if (unit >= FIRST_SURROGATE && unit <= LAST_SURROGATE) return -1;
      bytes[at++] = 0xe0 | (unit >> 12);
      bytes[at++] = 0x80 | ((unit >> 6) & 0x3f);
      bytes[at++] = 0x80 | (unit & 0x3f);
    }
  }
  return at;
}
