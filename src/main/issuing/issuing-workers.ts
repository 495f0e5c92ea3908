import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { buffersOf } from "../../adapters/hashing/flat-certificates.ts";
import { WorkerPool } from "../../adapters/hashing/worker-pool.ts";
import { giveBack } from "../../core/encoding/give-back.ts";
import type { EncryptedPage } from "../../ports/agency-store.ts";
import type {
  CheckedRecords,
  FlatItems,
  IssuingWorkers,
  RecordBlock,
  WorkerOrder,
} from "../../ports/issuing-workers.ts";
import type { IssuingWork } from "./issuing-work.ts";
import type { IssuingAnswer, IssuingTask, SealedChunk } from "./issuing-worker.ts";

const WORKER = new URL(`./issuing-worker${extname(import.meta.filename)}`, import.meta.url);

/** What is checked sooner than a thread is started. */
const FEW_BYTES = 1 << 18;
const FEW_RECORDS = 512;

/**
 * A table that is one small block is worked on in this thread; the first block or chunk beyond starts the others.
 * @param threads as many as the machine has processors for, if nothing is said
 */
export function openIssuingWorkers(
  order: WorkerOrder,
  threads: number = availableParallelism(),
): IssuingWorkers {
  let blocks = 0;
  let here: IssuingWork | null = null;
  let others: IssuingWorkers | null = null;
  const onOthers = (): IssuingWorkers => (others ??= startThreads(order, threads));
  return {
    threads,
    check: async (block) => {
      if (++blocks > 1 || !isSmall(block)) return onOthers().check(block);
      here = await workHere(order);
      return here.check(block);
    },
    hash: async (chunk) => (blocks > 1 || here === null ? onOthers() : here).hash(chunk),
    close: async () => others?.close(),
  };
}

function isSmall(block: RecordBlock): boolean {
  return "bytes" in block ? block.bytes.length <= FEW_BYTES : block.length <= FEW_RECORDS;
}

/** Loaded for what is worked on here alone. */
async function workHere(order: WorkerOrder): Promise<IssuingWork> {
  const { IssuingWork } = await import("./issuing-work.ts");
  const { compileWhenNeeded } = await import("./record-validator.ts");
  return new IssuingWork(order, compileWhenNeeded);
}

function startThreads(order: WorkerOrder, threads: number): IssuingWorkers {
  const pool = new WorkerPool<IssuingTask, IssuingAnswer>(WORKER, threads, order);
  return {
    threads,
    check: (block) => pool.run({ check: block }, blockBuffers(block)) as Promise<CheckedRecords>,
    hash: async (chunk) => {
      const answer = await pool.run({ hash: chunk }, buffersOf(chunk.records));
      const { nodes, sealed } = answer as SealedChunk;
      return { nodes, pages: pagesOf(sealed), release: () => giveBack([nodes, sealed.bytes]) };
    },
    close: () => pool.close(),
  };
}

function blockBuffers(block: RecordBlock): ArrayBuffer[] {
  return "bytes" in block ? [block.bytes.buffer as ArrayBuffer] : [];
}

function pagesOf({ bytes, ends }: FlatItems): EncryptedPage[] {
  return Array.from({ length: (ends.length - 1) / 2 }, (_, i) => ({
    key: bytes.subarray(ends[2 * i], ends[2 * i + 1]),
    content: bytes.subarray(ends[2 * i + 1], ends[2 * i + 2]),
  }));
}
