/** Which encoding a table is in: said by a byte order mark, or found by looking at all its bytes. */
import { isAscii, isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";
import type { Encoding } from "./source-options.ts";

export type FoundEncoding = Encoding | "utf-16" | "damaged utf-8";

const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const GB18030_MARK = Buffer.from([0x84, 0x31, 0x95, 0x33]);
const UTF16_MARKS = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];
const REPLACEMENT = /\ufffd/g;
const OTHER_CHARACTER = /[^\0-\x7f\ufffd]/g;

/** Looks at a table chunk by chunk. */
export class EncodingSurvey {
  #start: Buffer = Buffer.alloc(0);
  /** The beginning of a character that the last chunk ended in. */
  #rest: Buffer = Buffer.alloc(0);
  /** Whether there were characters beyond ASCII before, all of them UTF-8. */
  #hasUtf8 = false;
  /** What the first bytes that are not UTF-8 look like. */
  #other: FoundEncoding | null = null;

  push(chunk: Buffer): void {
    if (this.#start.length < GB18030_MARK.length) {
      this.#start = Buffer.concat([this.#start, chunk.subarray(0, GB18030_MARK.length)]);
    }
    if (this.#other !== null) return;
    const missing = this.#missing();
    const character = Buffer.concat([this.#rest, chunk.subarray(0, missing)]);
    if (missing > chunk.length) {
      this.#rest = character;
      return;
    }
    const after = chunk.subarray(missing);
    const whole = after.subarray(0, wholeCharacters(after));
    if (!isUtf8(character) || !isUtf8(whole)) {
      this.#other = this.#notUtf8(Buffer.concat([this.#rest, chunk]));
    }
    this.#hasUtf8 ||= character.length > 0 || !isAscii(whole);
    // A copy: the chunk's buffer may be filled again.
    this.#rest = Buffer.from(after.subarray(whole.length));
  }

  /**
   * Of the character that the last chunk ended in, in bytes. It is looked at by itself: put before the chunk, it
   * would have nearly every chunk of a table copied, and megabytes wait for the garbage collector.
   */
  #missing(): number {
    const [lead] = this.#rest;
    return lead === undefined ? 0 : sequenceLength(lead) - this.#rest.length;
  }

  /** To be asked after the last chunk. */
  found(): FoundEncoding {
    if (UTF16_MARKS.some((mark) => beginsWith(this.#start, mark))) return "utf-16";
    if (beginsWith(this.#start, GB18030_MARK)) return "gb18030";
    const other = this.#other ?? (this.#rest.length === 0 ? null : this.#notUtf8(this.#rest));
    if (other === null) return "utf-8";
    return beginsWith(this.#start, UTF8_MARK) ? "damaged utf-8" : other;
  }

  /**
   * Nearly any bytes pass as GB18030, so a UTF-8 table with a damaged character would be read as nonsense:
   * what has Chinese characters as UTF-8, and more of them than damaged ones, is taken for that.
   */
  #notUtf8(bytes: Buffer): FoundEncoding {
    if (this.#hasUtf8) return "damaged utf-8";
    const text = new TextDecoder("utf-8").decode(bytes);
    const damaged = text.match(REPLACEMENT)?.length ?? 0;
    const others = text.match(OTHER_CHARACTER)?.length ?? 0;
    return others > damaged ? "damaged utf-8" : "gb18030";
  }
}

function beginsWith(bytes: Buffer, mark: Buffer): boolean {
  return bytes.subarray(0, mark.length).equals(mark);
}

/** How many bytes there are before the character that is cut off at the end, if one is. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) return back < sequenceLength(byte) ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function sequenceLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}
