/**
 * The text of a table in blocks that end where a line does, so that each can be decoded by itself: neither
 * UTF-8 nor GB18030 has the byte of a line end inside a character.
 */
import { createHash } from "node:crypto";
import { Problem } from "../../core/problem.ts";
import type { ByteSource } from "./byte-source.ts";
import type { FoundEncoding } from "./encoding.ts";
import type { Encoding } from "./source-options.ts";
import { MAX_RECORD } from "./source-options.ts";
import type { Survey } from "./survey.ts";
import { TableDecoder, withoutMark } from "./text-decoding.ts";

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** @throws Problem SOURCE_ENCODING where it is said and found to be none that is read here. */
export function requireEncoding(
  name: string,
  found: FoundEncoding,
  said: Encoding | undefined,
): Encoding {
  if (found === "utf-16") throw new Problem("SOURCE_ENCODING", `${name}: UTF-16`);
  if (said !== undefined) return said;
  return found === "damaged utf-8" ? "utf-8" : found;
}

/**
 * @throws Problem SOURCE_ENCODING with the line, SOURCE_MALFORMED for a line without end, and at the end
 * SOURCE_CHANGED where the bytes were not those of the survey.
 */
export async function* textBlocks(
  bytes: ByteSource,
  { contentHash }: Pick<Survey, "contentHash">,
  encoding: Encoding,
): AsyncIterable<string> {
  const hash = createHash("sha256");
  const decoder = new BlockDecoder(bytes, encoding);
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes.chunks()) {
    hash.update(chunk);
    const joined = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = endOfLines(joined);
    if (end > 0) yield await decoder.decode(joined.subarray(0, end));
    rest = joined.subarray(end);
    if (rest.length > MAX_RECORD) throw await decoder.tooLong();
  }
  if (rest.length > 0) yield await decoder.decode(rest);
  if (hash.digest("hex") !== contentHash) throw new Problem("SOURCE_CHANGED", bytes.name);
}

/** Past the last line end; a carriage return at the very end may be half of one. */
function endOfLines(bytes: Buffer): number {
  const feed = bytes.lastIndexOf(LINE_FEED);
  if (feed >= 0) return feed + 1;
  return bytes.lastIndexOf(CARRIAGE_RETURN, -2) + 1;
}

class BlockDecoder {
  readonly #bytes: ByteSource;
  readonly #encoding: Encoding;
  readonly #decoder: TableDecoder;
  /** Bytes decoded so far. */
  #done = 0;

  constructor(bytes: ByteSource, encoding: Encoding) {
    this.#bytes = bytes;
    this.#encoding = encoding;
    this.#decoder = new TableDecoder(encoding);
  }

  async decode(block: Buffer): Promise<string> {
    const text = this.#decoder.decode(block);
    if (text === null) throw await this.#undecodable(block);
    const isFirst = this.#done === 0;
    this.#done += block.length;
    return isFirst ? withoutMark(text) : text;
  }

  async tooLong(): Promise<Problem> {
    const line = await this.#lineAt(this.#done);
    const what = `${this.#bytes.name}, line ${String(line)}: longer than any record`;
    return new Problem("SOURCE_MALFORMED", what);
  }

  async #undecodable(block: Buffer): Promise<Problem> {
    const { line, position } = this.#decoder.faultIn(block);
    const before = await this.#lineAt(this.#done);
    const at = this.#done + (position as number);
    return encodingProblem(this.#bytes.name, this.#encoding, before + line - 1, at);
  }

  /** Counted only when something is wrong, by reading the source again. */
  async #lineAt(position: number): Promise<number> {
    let line = 1;
    let at = 0;
    for await (const chunk of this.#bytes.chunks()) {
      for (const byte of chunk.subarray(0, Math.max(0, position - at))) {
        if (byte === LINE_FEED) line++;
      }
      at += chunk.length;
      if (at >= position) return line;
    }
    return line;
  }
}

export function encodingProblem(
  name: string,
  encoding: Encoding,
  line: number,
  position: number,
): Problem {
  const where = `line ${String(line)}, after byte ${String(position)}`;
  return new Problem("SOURCE_ENCODING", `${name} as ${encoding}: ${where}`);
}
