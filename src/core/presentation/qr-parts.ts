/**
 * A presentation that is too long for one code a camera reads well (protocol, 10): codes shown in turn, each
 * with a part of it, put together again in whatever order they are seen.
 */
import { fromBase45, toBase45 } from "../encoding/base45.ts";
import { concatBytes } from "../encoding/bytes.ts";
import { FormatError, malformed } from "../encoding/format-error.ts";
import { MAX_QR_CHARACTERS, PART_PREFIX, toQrText } from "./qr-text.ts";

/** Up to here one code is read as well as several, and sooner. */
export const MAX_SINGLE_BYTES = 850;
/** What one part holds at most; a camera of 640×480 reads it where it fails at twice as much. */
const PART_BYTES = 660;
const FEWEST_PARTS = 2;
const SET_CHARACTERS = 4;
const SETS = 36 ** SET_CHARACTERS;
const PART = /^LZP:([0-9A-Z]{4})\/([1-8])\/([2-8]):(.+)$/;
/** `LZP:`, the set, its two numbers and what divides them. */
const HEAD_CHARACTERS = 13;
const MAX_PART_CHARACTERS = HEAD_CHARACTERS + Math.ceil((PART_BYTES * 3) / 2);

/** How far a set of parts has come. */
export interface PartProgress {
  /** Which of its parts were seen, in order: one entry a part. */
  readonly seen: readonly boolean[];
  /** The code's text (`LZ1:…`) once all its parts were seen. */
  readonly text: string | null;
}

interface Part {
  readonly set: string;
  /** From 0. */
  readonly place: number;
  readonly count: number;
  readonly bytes: Uint8Array;
}

/**
 * @returns the texts of the codes to show in turn: two at least, as many bytes in each but for the last
 * @throws FormatError TOO_LARGE for what no decoder would take in one piece either
 */
export function toQrParts(presentation: Uint8Array): string[] {
  requireDecodable(presentation);
  const count = Math.max(FEWEST_PARTS, Math.ceil(presentation.length / PART_BYTES));
  // Base45 takes bytes by twos.
  const size = 2 * Math.ceil(presentation.length / count / 2);
  const head = `${PART_PREFIX}${setOf(presentation)}`;
  return Array.from({ length: count }, (_, place) => {
    const bytes = presentation.subarray(place * size, (place + 1) * size);
    return `${head}/${String(place + 1)}/${String(count)}:${toBase45(bytes)}`;
  });
}

/**
 * Puts parts together. It holds one set at a time, eight parts of it at most; a part of another set, or one that
 * contradicts what was seen, starts anew.
 */
export class PartAssembler {
  #set = "";
  #chunks: (Uint8Array | null)[] = [];

  /**
   * @returns null for what is no part of a code: it is to be judged as it is
   * @throws FormatError MALFORMED for what begins as a part and is none, TOO_LARGE; what was seen before stays
   */
  take(text: string): PartProgress | null {
    if (!text.startsWith(PART_PREFIX)) return null;
    const part = parsePart(text);
    if (!this.#continues(part)) this.#begin(part);
    this.#chunks[part.place] = part.bytes;
    return { seen: this.#chunks.map((chunk) => chunk !== null), text: this.#whole() };
  }

  #continues({ set, place, count, bytes }: Part): boolean {
    if (set !== this.#set || count !== this.#chunks.length) return false;
    const before = this.#chunks[place] ?? null;
    return before === null || toBase45(before) === toBase45(bytes);
  }

  #begin({ set, count }: Part): void {
    this.#set = set;
    this.#chunks = Array.from({ length: count }, () => null);
  }

  #whole(): string | null {
    const chunks = this.#chunks.filter((chunk) => chunk !== null);
    if (chunks.length < this.#chunks.length) return null;
    const [presentation, set] = [concatBytes(...chunks), this.#set];
    // What does not hold together is forgotten.
    this.#set = "";
    if (setOf(requireDecodable(presentation)) !== set) {
      throw malformed("qr", "parts that do not belong together");
    }
    this.#set = set;
    return toQrText(presentation);
  }
}

function parsePart(text: string): Part {
  if (text.length > MAX_PART_CHARACTERS) {
    throw new FormatError("TOO_LARGE", "qr", `a part of ${String(text.length)} characters`);
  }
  const [, set, number, count, chunk] = PART.exec(text) ?? [];
  const place = Number(number) - 1;
  if (set === undefined || chunk === undefined || place >= Number(count)) {
    throw malformed("qr", "a part of a code expected: LZP:SET/PART/PARTS:…");
  }
  return { set, place, count: Number(count), bytes: fromBase45(chunk) };
}

/** Four characters that differ where presentations do: FNV-1a. It keeps sets apart, it does not protect them. */
function setOf(presentation: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of presentation) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return (hash % SETS).toString(36).toUpperCase().padStart(SET_CHARACTERS, "0");
}

function requireDecodable(presentation: Uint8Array): Uint8Array {
  if (toQrText(presentation).length <= MAX_QR_CHARACTERS) return presentation;
  throw new FormatError("TOO_LARGE", "qr", `${String(presentation.length)} bytes`);
}
