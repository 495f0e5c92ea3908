/** The first look at a file: all its bytes once, for their digest, their encoding and their beginning. */
import { createHash } from "node:crypto";
import type { Hash } from "node:crypto";
import type { ByteSource } from "./byte-source.ts";
import { EncodingSurvey } from "./encoding.ts";
import type { FoundEncoding } from "./encoding.ts";
import type { SourceOptions } from "./source-options.ts";

export interface Survey {
  /** Of the bytes alone. */
  readonly contentHash: string;
  /** Of the bytes and the options, in hex. */
  readonly digest: string;
  readonly encoding: FoundEncoding;
  readonly start: Buffer;
}

const START_BYTES = 1 << 16;
const CHUNK_BYTES = 1 << 18;

export async function survey(bytes: ByteSource, options: SourceOptions): Promise<Survey> {
  const hash = createHash("sha256");
  const encoding = new EncodingSurvey();
  let start = Buffer.alloc(0);
  for await (const chunk of chunksOf(bytes)) {
    hash.update(chunk);
    encoding.push(chunk);
    if (start.length < START_BYTES) start = Buffer.concat([start, chunk.subarray(0, START_BYTES)]);
  }
  const contentHash = hash.copy().digest("hex");
  const digest = withOptions(hash, options).digest("hex");
  return { contentHash, digest, encoding: encoding.found(), start };
}

/** Each in the same buffer: of many, megabytes would wait for the garbage collector. */
async function* chunksOf(bytes: ByteSource): AsyncGenerator<Buffer> {
  const buffer = Buffer.alloc(CHUNK_BYTES);
  const reader = await bytes.reader();
  try {
    for (let count; (count = await reader.fill(buffer)) > 0;) yield buffer.subarray(0, count);
  } finally {
    await reader.close();
  }
}

/** What is said of how to read a file makes another source of it. */
function withOptions(hash: Hash, { format, encoding, sheet }: SourceOptions): Hash {
  const said = [format, encoding, sheet].map((option) => option ?? null);
  return said.every((option) => option === null) ? hash : hash.update(JSON.stringify(said));
}
