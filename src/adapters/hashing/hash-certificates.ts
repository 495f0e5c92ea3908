/**
 * From certificates to trees on several worker threads. However long the stream is, only a few chunks of it
 * are in memory at a time.
 */
import { extname } from "node:path";
import type { BatchTree } from "../../core/batch/tree.ts";
import type { SuiteId } from "../../core/hashing.ts";
import { buffersOf } from "./flat-certificates.ts";
import type { FlatCertificates } from "./flat-certificates.ts";
import { WorkerPool, inOrder } from "./worker-pool.ts";

export interface HashedCertificates {
  readonly certificates: FlatCertificates;
  /** Over their leaves alone. */
  readonly tree: BatchTree;
}

export interface HashingOrder {
  readonly suite: SuiteId;
  readonly threads: number;
}

/** One works on a chunk while the next waits for it. */
const CHUNKS_PER_THREAD = 2;
const WORKER = new URL(`./hashing-worker${extname(import.meta.filename)}`, import.meta.url);

/**
 * In the order they come. The buffers are handed over to the threads: the caller's are empty afterwards, and
 * the answer has them again.
 * @throws RangeError as certificateLeaves; Problem INTERNAL where a thread died
 */
export async function* hashCertificates(
  { suite, threads }: HashingOrder,
  chunks: AsyncIterable<FlatCertificates>,
): AsyncGenerator<HashedCertificates> {
  const pool = new WorkerPool<FlatCertificates, HashedCertificates>(WORKER, threads, { suite });
  const run = (chunk: FlatCertificates): Promise<HashedCertificates> => {
    return pool.run(chunk, buffersOf(chunk));
  };
  try {
    yield* inOrder(chunks, run, CHUNKS_PER_THREAD * threads);
  } finally {
    await pool.close();
  }
}
