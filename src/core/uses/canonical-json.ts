/**
 * JSON in the one way that RFC 8785 writes it, as bytes: members by name in the order of UTF-16 units, nothing
 * between them. For JSON of which every number is one that JSON.stringify writes as the RFC does.
 */
import { ALL_ASCII, ByteRoom } from "../encoding/byte-room.ts";

/** A certificate file is 5 deep; what nests deeper is none, and is not worth a stack. */
const MAX_DEPTH = 16;
/** A certificate of some ten claims. */
const FIRST_ROOM = 8_192;
/** More names are left to the engine, whose own way costs more than sorting the few that a claim has. */
const FEW_NAMES = 32;

const COMMA = 0x2c;
const COLON = 0x3a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const [LIST, LIST_END] = [0x5b, 0x5d];
const [OBJECT, OBJECT_END] = [0x7b, 0x7d];
/** What stands for itself in a text of JSON. */
const PLAIN = ALL_ASCII.slice().fill(0, 0, 0x20);
PLAIN[QUOTE] = 0;
PLAIN[BACKSLASH] = 0;

const utf8 = new TextEncoder();

class Writer extends ByteRoom {
  constructor() {
    super(FIRST_ROOM);
  }

  write(prefix: Uint8Array, value: unknown): Uint8Array | null {
    this.at = 0;
    this.append(prefix);
    return this.#value(value, 0) ? this.bytes.subarray(0, this.at) : null;
  }

  /** @returns false for what is no JSON within limits */
  #value(value: unknown, depth: number): boolean {
    if (value === undefined || depth > MAX_DEPTH) return false;
    if (typeof value === "string") this.#string(value);
    else if (Array.isArray(value)) return this.#list(value, depth);
    else if (typeof value === "object" && value !== null) {
      return this.#object(value as Readonly<Record<string, unknown>>, depth);
    } else this.plain(JSON.stringify(value), ALL_ASCII);
    return true;
  }

  #list(values: readonly unknown[], depth: number): boolean {
    this.byte(LIST);
    for (let i = 0; i < values.length; i++) {
      if (i > 0) this.byte(COMMA);
      if (!this.#value(values[i], depth + 1)) return false;
    }
    this.byte(LIST_END);
    return true;
  }

  #object(members: Readonly<Record<string, unknown>>, depth: number): boolean {
    const names = sorted(Object.keys(members));
    this.byte(OBJECT);
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      if (i > 0) this.byte(COMMA);
      this.#string(name);
      this.byte(COLON);
      if (!this.#value(members[name], depth + 1)) return false;
    }
    this.byte(OBJECT_END);
    return true;
  }

  #string(text: string): void {
    this.byte(QUOTE);
    if (this.plain(text, PLAIN)) return this.byte(QUOTE);
    this.at--;
    this.append(utf8.encode(JSON.stringify(text)));
  }
}

const writer = new Writer();

/** In place, by UTF-16 code units. */
function sorted(names: string[]): readonly string[] {
  if (names.length > FEW_NAMES) return names.sort();
  for (let i = 1; i < names.length; i++) {
    const name = names[i] as string;
    let at = i;
    for (; at > 0 && (names[at - 1] as string) > name; at--) names[at] = names[at - 1] as string;
    names[at] = name;
  }
  return names;
}

/**
 * @param prefix bytes that go before it
 * @returns null for what is no JSON or nests deeper than 16; the bytes are another's after the next call
 */
export function canonicalJson(prefix: Uint8Array, value: unknown): Uint8Array | null {
  return writer.write(prefix, value);
}
