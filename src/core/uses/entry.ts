/** A line of the use log, as it is hashed and kept: CBOR, one way only to write each. */
import type { CborValue } from "../encoding/cbor.ts";
import { decodeCbor, encodeCbor, isUint } from "../encoding/cbor.ts";
import { malformed } from "../encoding/format-error.ts";
import type { CheckCode } from "../verify/codes.ts";
import { CODE_WORDS } from "../verify/code-words.ts";
import type { VerdictWord } from "../verify/verdict.ts";
import { RESULTS_PATTERN } from "./check-results.ts";
import type { StrandHeader, Use, UseMode, UsePlace, UsePosition, UseQuestion } from "./use.ts";
import { USE_MODES } from "./use.ts";

const VERSION = 1;
const VERDICTS: readonly VerdictWord[] = ["accepted", "rejected", "indeterminate"];
export const PSEUDONYM_BYTES = 16;
const HASH_BYTES = 32;
const MAX_TEXT = 1_024;

/** A use at its place. */
export interface Entry extends UsePlace {
  readonly use: Use;
}

/** An array rather than a map: names would be more than half of it. What is seldom comes last, or not at all. */
export function encodeEntry({ strand, number }: UsePlace, use: Use): Uint8Array {
  const { at, mode, certificate, shown, client, cause, claims, verdict, results, codes } = use;
  return encodeCbor([
    VERSION,
    strand,
    number,
    at,
    USE_MODES.indexOf(mode),
    certificate,
    shown,
    client,
    cause,
    claims,
    questionToCbor(use.question),
    VERDICTS.indexOf(verdict),
    results,
    codes,
    positionToCbor(use.position),
    ...(use.isByDelegate ? [true] : []),
  ]);
}

function questionToCbor(question: UseQuestion): CborValue {
  const { at, shownAt, asKnownAt, region, purpose, audience, nonce } = question;
  const { requiresHolder, requiredClaims, isReplayed, maxLedgerAge, serviceItem } = question;
  return [
    at,
    shownAt,
    asKnownAt,
    region,
    purpose,
    audience,
    nonce,
    requiresHolder,
    requiredClaims,
    isReplayed,
    maxLedgerAge,
    ...(serviceItem === null ? [] : [serviceItem]),
  ];
}

function positionToCbor(position: UsePosition | null): CborValue {
  if (position === null) return null;
  return [position.block, position.hash, position.asOf, position.isPending];
}

/** @throws FormatError for anything that encodeEntry does not write. */
export function decodeEntry(bytes: Uint8Array): Entry {
  const items = new Items(decodeCbor(bytes, "use"), "use");
  if (items.uint() !== VERSION) throw malformed("use", "of a version that is not known here");
  const place = { strand: items.text(), number: items.uint() };
  const use: Use = {
    at: items.uint(),
    mode: items.oneOf(USE_MODES) satisfies UseMode,
    certificate: items.orNull(() => items.bytes(PSEUDONYM_BYTES)),
    shown: items.orNull(() => items.bytes(HASH_BYTES)),
    client: items.orNull(() => items.text()),
    cause: items.orNull(() => items.bytes(PSEUDONYM_BYTES)),
    claims: items.texts(),
    question: questionOf(items.list()),
    verdict: items.oneOf(VERDICTS),
    results: resultsOf(items.text()),
    codes: items.texts().map(codeOf),
    position: items.orNull(() => positionOf(items.list())),
    isByDelegate: items.isAtEnd() ? false : items.truth(),
  };
  items.end();
  return { ...place, use };
}

function questionOf(items: Items): UseQuestion {
  const question = {
    at: items.orNull(() => items.uint()),
    shownAt: items.orNull(() => items.uint()),
    asKnownAt: items.orNull(() => items.uint()),
    region: items.orNull(() => items.text()),
    purpose: items.orNull(() => items.text()),
    audience: items.orNull(() => items.text()),
    nonce: items.orNull(() => items.bytes()),
    requiresHolder: items.flag(),
    requiredClaims: items.texts(),
    isReplayed: items.flag(),
    maxLedgerAge: items.uint(),
    serviceItem: items.isAtEnd() ? null : items.text(),
  };
  items.end();
  return question;
}

function positionOf(items: Items): UsePosition {
  const block = items.uint();
  const position = {
    block,
    hash: items.bytes(HASH_BYTES),
    asOf: items.uint(),
    isPending: items.flag(),
  };
  items.end();
  return position;
}

function resultsOf(text: string): string {
  if (RESULTS_PATTERN.test(text)) return text;
  throw malformed("use", "a letter for each check expected");
}

function codeOf(text: string): CheckCode {
  if (Object.hasOwn(CODE_WORDS, text)) return text as CheckCode;
  throw malformed("use", "a code of a check expected");
}

/** @returns what a strand's first line is chained to: SHA-256 of it. */
export function encodeHeader({ id, chainId, directory, startedAt }: StrandHeader): Uint8Array {
  return encodeCbor([VERSION, id, chainId, directory, startedAt]);
}

/** The items of an array, one after the other, each of the kind it must be. */
class Items {
  readonly #items: readonly CborValue[];
  readonly #where: string;
  #at = 0;

  constructor(value: CborValue, where: string) {
    if (!Array.isArray(value)) throw malformed(where, "an array expected");
    this.#items = value as readonly CborValue[];
    this.#where = where;
  }

  uint(): number {
    const value = this.#next();
    return isUint(value) ? value : this.#refuse("a number");
  }

  text(): string {
    const value = this.#next();
    const isText = typeof value === "string" && value.length <= MAX_TEXT;
    return isText ? value : this.#refuse("a text");
  }

  flag(): boolean {
    const value = this.#next();
    return typeof value === "boolean" ? value : this.#refuse("true or false");
  }

  /** What is only ever said where it is so. */
  truth(): true {
    return this.#next() === true || this.#refuse("true");
  }

  bytes(length?: number): Uint8Array {
    const value = this.#next();
    const isFit = value instanceof Uint8Array && (length ?? value.length) === value.length;
    return isFit ? value : this.#refuse("bytes of that length");
  }

  texts(): string[] {
    const texts = this.list();
    return Array.from(texts.#items, () => texts.text());
  }

  list(): Items {
    return new Items(this.#next(), this.#where);
  }

  oneOf<T>(values: readonly T[]): T {
    return values[this.uint()] ?? this.#refuse("one of a few numbers");
  }

  orNull<T>(read: () => T): T | null {
    if (this.#items[this.#at] !== null) return read();
    this.#at++;
    return null;
  }

  isAtEnd(): boolean {
    return this.#at === this.#items.length;
  }

  end(): void {
    if (!this.isAtEnd()) this.#refuse("no more than that");
  }

  #next(): CborValue {
    const value = this.#items[this.#at++];
    return value === undefined ? this.#refuse("more than that") : value;
  }

  #refuse(expected: string): never {
    throw malformed(this.#where, `${expected} expected at ${String(this.#at)}`);
  }
}
