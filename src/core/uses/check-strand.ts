/**
 * Whether a strand is still what was written: every line follows from the one before it, none is missing, and
 * at each anchored length the hash is the anchored one.
 */
import { equalBytes, toHex } from "../encoding/bytes.ts";
import { formatInstant } from "../encoding/instant.ts";
import type { Hash } from "../hashing.ts";
import { decodeEntry } from "./entry.ts";
import type { Entry } from "./entry.ts";
import type { UseFinding, UseFindingCode } from "./findings.ts";
import { firstHash, nextHash } from "./strand.ts";
import type { Line } from "./strand.ts";

/** What the chain says of a strand. */
export interface StrandAnchor {
  readonly length: number;
  /** The block's, in seconds since 1970. */
  readonly time: number;
  readonly head: Uint8Array;
}

/** What the store says of a strand beside its lines. */
export interface StoredStrand {
  readonly id: string;
  /** As encodeHeader wrote it. */
  readonly header: Uint8Array;
  /** How many lines were ever written. */
  readonly length: number;
  /** The last line that was erased because its time was over; null where all are there. */
  readonly erased: { readonly number: number; readonly hash: Uint8Array } | null;
}

export class StrandCheck {
  readonly #sha256: Hash;
  readonly #strand: StoredStrand;
  /** By rising length. */
  readonly #anchors: readonly StrandAnchor[];
  readonly #findings: UseFinding[] = [];
  #number: number;
  /** Null after a gap: what the next line follows from is not there. */
  #head: Uint8Array | null;
  #nextAnchor = 0;
  /** The last length at which the chain agreed. */
  #agreed = 0;

  constructor(sha256: Hash, strand: StoredStrand, anchors: readonly StrandAnchor[]) {
    this.#sha256 = sha256;
    this.#strand = strand;
    this.#anchors = anchors;
    this.#number = strand.erased?.number ?? 0;
    this.#head = strand.erased?.hash ?? firstHash(sha256, strand.header);
    this.#begin();
  }

  /** Takes the lines by rising number, as they are kept. */
  take(line: Line): void {
    if (line.number > this.#number + 1) this.#gap(line.number - 1);
    this.#number = line.number;
    const isInPlace = this.#checkPlace(line);
    if (isInPlace && !this.#follows(line)) this.#find("EDITED", line.number, line.number, "");
    // What comes after is measured by what is there, so that one altered line is one finding.
    this.#head = line.hash;
    this.#compareAnchors();
  }

  /** @returns what is wrong, in the order of the lines */
  end(): readonly UseFinding[] {
    const { length } = this.#strand;
    if (this.#number > length) this.#find("ADDED", length + 1, this.#number, "");
    const last = this.#anchors.at(-1);
    const full = Math.max(length, last?.length ?? 0);
    if (full > this.#number) this.#find("CUT_OFF", this.#number + 1, full, "");
    return this.#findings;
  }

  /** Erased lines leave the hash of the last of them, which has to be an anchored one. */
  #begin(): void {
    const { erased } = this.#strand;
    if (erased === null) return;
    while (this.#lengthAt(this.#nextAnchor) < erased.number) this.#nextAnchor++;
    const isAnchored = this.#lengthAt(this.#nextAnchor) === erased.number;
    if (isAnchored) this.#compareAnchors();
    else this.#find("ERASED_EARLY", 1, erased.number, "");
  }

  #gap(last: number): void {
    this.#find("MISSING", this.#number + 1, last, "");
    this.#head = null;
    while (this.#lengthAt(this.#nextAnchor) <= last) this.#nextAnchor++;
  }

  #lengthAt(anchor: number): number {
    return this.#anchors[anchor]?.length ?? Infinity;
  }

  #checkPlace({ number, entry }: Line): boolean {
    const said = placeOf(entry);
    if (said === null) {
      this.#find("EDITED", number, number, "it can't be read");
      return false;
    }
    if (said.strand === this.#strand.id && said.number === number) return true;
    const from = said.strand === this.#strand.id ? "" : ` of strand ${said.strand}`;
    this.#find("MOVED", number, number, `it was line ${String(said.number)}${from}`);
    return false;
  }

  #follows({ entry, hash }: Line): boolean {
    return this.#head === null || equalBytes(nextHash(this.#sha256, this.#head, entry), hash);
  }

  #compareAnchors(): void {
    const anchor = this.#anchors[this.#nextAnchor];
    if (anchor?.length !== this.#number) return;
    this.#nextAnchor++;
    const isSame = this.#head !== null && equalBytes(this.#head, anchor.head);
    if (!isSame) this.#find("NOT_AS_ANCHORED", this.#agreed + 1, anchor.length, wordsOf(anchor));
    this.#agreed = anchor.length;
  }

  #find(code: UseFindingCode, from: number, to: number, detail: string): void {
    this.#findings.push({ code, strand: this.#strand.id, from, to, detail });
  }
}

function wordsOf({ time, head }: StrandAnchor): string {
  return `anchored ${formatInstant(time)}: 0x${toHex(head)}`;
}

/** @returns null for what is no entry. */
function placeOf(entry: Uint8Array): Pick<Entry, "strand" | "number"> | null {
  try {
    return decodeEntry(entry);
  } catch {
    return null;
  }
}
