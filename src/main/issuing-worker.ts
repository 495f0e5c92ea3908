/** A thread of `openIssuingWorkers`. */
import { flushCompileCache } from "node:module";
import { workerData } from "node:worker_threads";
import { buffersOf } from "../adapters/hashing/flat-certificates.ts";
import { flatItems } from "../adapters/hashing/flat-writer.ts";
import { serveTasks } from "../adapters/hashing/worker-task.ts";
import type { Done } from "../adapters/hashing/worker-task.ts";
import type {
  CheckedRecords,
  ChunkOrder,
  FlatItems,
  HashedRecordChunk,
  RecordBlock,
  WorkerOrder,
} from "../ports/issuing-workers.ts";
import { IssuingWork } from "./issuing-work.ts";

export type IssuingTask = { readonly check: RecordBlock } | { readonly hash: ChunkOrder };
export type IssuingAnswer = CheckedRecords | SealedChunk;

/** To hand over many small buffers takes longer than to copy them into one. */
export interface SealedChunk {
  readonly nodes: Uint8Array;
  /** For each page its key and its content. */
  readonly sealed: FlatItems;
}

// Otherwise it is kept when a thread ends by itself, and these are ended: each would compile TypeScript again.
flushCompileCache();

const work = new IssuingWork(workerData as WorkerOrder);

serveTasks<IssuingAnswer>((task) => {
  const { check, hash } = task as { check?: RecordBlock; hash: ChunkOrder };
  return check === undefined ? handOverHashed(work.hash(hash)) : handOver(work.check(check));
});

function handOver(answer: CheckedRecords): Done<IssuingAnswer> {
  const own = [answer.lines, answer.digests].map(({ buffer }) => buffer as ArrayBuffer);
  return { answer, transfer: [...buffersOf(answer.valid), ...own] };
}

function handOverHashed({ nodes, pages }: HashedRecordChunk): Done<IssuingAnswer> {
  const sealed = flatItems(pages.flatMap(({ key, content }) => [key, content]));
  const transfer = [nodes, sealed.bytes].map(({ buffer }) => buffer as ArrayBuffer);
  return { answer: { nodes, sealed }, transfer };
}
