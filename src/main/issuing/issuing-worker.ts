/** A thread of `openIssuingWorkers`. */
import { flushCompileCache } from "node:module";
import { workerData } from "node:worker_threads";
import { buffersOf, viewsOf } from "../../adapters/hashing/flat-certificates.ts";
import { flatItems } from "../../adapters/hashing/flat-writer.ts";
import { serveTasks } from "../../adapters/hashing/worker-task.ts";
import type { Done } from "../../adapters/hashing/worker-task.ts";
import { giveBack } from "../../core/encoding/give-back.ts";
import type {
  CheckedRecords,
  ChunkOrder,
  FlatItems,
  RecordBlock,
  WorkerOrder,
} from "../../ports/issuing-workers.ts";
import { IssuingWork } from "./issuing-work.ts";
import { compileWhenNeeded } from "./record-validator.ts";

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

const work = new IssuingWork(workerData as WorkerOrder, compileWhenNeeded);

serveTasks<IssuingAnswer>((task) => {
  const { check, hash } = task as { check?: RecordBlock; hash: ChunkOrder };
  return check === undefined ? hashed(hash) : checked(check);
});

function checked(block: RecordBlock): Done<IssuingAnswer> {
  const answer = work.check(block);
  if ("bytes" in block) giveBack([block.bytes]);
  const own = [answer.lines, answer.digests].map(({ buffer }) => buffer as ArrayBuffer);
  return { answer, transfer: [...buffersOf(answer.valid), ...own] };
}

function hashed(order: ChunkOrder): Done<IssuingAnswer> {
  const { nodes, pages } = work.hash(order);
  const sealed = flatItems(pages.flatMap(({ key, content }) => [key, content]));
  const contents = pages.map(({ content }) => content);
  giveBack([...viewsOf(order.records), ...contents]);
  const transfer = [nodes, sealed.bytes].map(({ buffer }) => buffer as ArrayBuffer);
  return { answer: { nodes, sealed }, transfer };
}
