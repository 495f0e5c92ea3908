/** Certificates hashed and encrypted on one worker thread and on two. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { readCatalogueFiles } from "../src/adapters/catalogue/read-catalogue.ts";
import type { FlatCertificates } from "../src/adapters/hashing/flat-certificates.ts";
import { CHUNK_LEAVES } from "../src/adapters/hashing/tree-layout.ts";
import { inOrder } from "../src/app/issue/in-order.ts";
import type { CertificateType } from "../src/core/catalogue/certificate-type.ts";
import { openIssuingWorkers } from "../src/main/issuing/issuing-workers.ts";
import type { IssuingWorkers } from "../src/ports/issuing-workers.ts";
import { certificateChunk, copyOf } from "./certificate-chunks.ts";
import { cpuSeconds, median } from "./compare.ts";
import { against, times } from "./report.ts";
import type { Row } from "./report.ts";

const CORES = 2;
/** For each thread: until what it runs is compiled and optimised. */
const WARM_UP_CHUNKS = 5;
const TYPE_FILE = join(import.meta.dirname, "../catalogue/real-estate-registration-proof.json");

/** What one run took: seconds by the clock, and seconds that it would take on two cores of its own. */
interface Taken {
  readonly clock: number;
  readonly alone: number;
}

/** @param chunks of 4,096 certificates, in each round on one thread and on two */
export async function pipelineRows(chunks: number, rounds: number): Promise<Row[]> {
  const chunk = certificateChunk(0, CHUNK_LEAVES);
  const one: Taken[] = [];
  const two: Taken[] = [];
  for (let round = 0; round < rounds; round++) {
    one.push(await hashAll(chunk, chunks, 1));
    two.push(await hashAll(chunk, chunks, 2));
  }
  const certificates = chunks * CHUNK_LEAVES;
  return [
    {
      ...rowOf("alone", "by CPU time", certificates, one, two),
      ...times(gain("alone", one, two), 1.6),
    },
    {
      ...rowOf("clock", "by the clock", certificates, one, two),
      ...times(gain("clock", one, two), null),
    },
  ];
}

function rowOf(
  measure: keyof Taken,
  how: string,
  certificates: number,
  one: readonly Taken[],
  two: readonly Taken[],
): Pick<Row, "name" | "value" | "unit" | "against"> {
  const rate = (taken: readonly Taken[]): number => {
    return certificates / median(taken.map((round) => round[measure]));
  };
  return {
    name: `claims hashed, trees, pages encrypted, two threads, ${how}`,
    value: rate(two),
    unit: "certificates per second",
    against: against("one thread", rate(one)),
  };
}

function gain(measure: keyof Taken, one: readonly Taken[], two: readonly Taken[]): number {
  return median(one.map((round, i) => round[measure] / (two[i]?.[measure] ?? Number.NaN)));
}

/** Neither the start of the threads counts nor the making of what is hashed, which issuing has from its rows. */
async function hashAll(chunk: FlatCertificates, chunks: number, threads: number): Promise<Taken> {
  const workers = await openWorkers(threads);
  const hash = (records: FlatCertificates): ReturnType<IssuingWorkers["hash"]> => {
    return workers.hash({ batch: 0, firstIndex: 0, records, padding: 0 });
  };
  await Promise.all(copies(chunk, WARM_UP_CHUNKS * threads).map(hash));
  const work = copies(chunk, chunks);
  const [start, before, own] = [performance.now(), process.cpuUsage(), process.threadCpuUsage()];
  for await (const { nodes } of inOrder(inTurn(work), hash, 2 * threads)) {
    if (nodes.length !== (2 * CHUNK_LEAVES - 1) * 32) throw new Error("a chunk was lost");
  }
  const all = cpuSeconds(before);
  const { user, system } = process.threadCpuUsage(own);
  const main = (user + system) / 1e6;
  const alone = Math.max(main, (all - main) / threads, all / CORES);
  const clock = (performance.now() - start) / 1000;
  await workers.close();
  return { clock, alone };
}

async function openWorkers(threads: number): Promise<IssuingWorkers> {
  const [type] = (await readCatalogueFiles([TYPE_FILE])).types;
  const secrets = { suite: 1, pageKey: randomBytes(32), numberKey: randomBytes(32) } as const;
  const rest = {
    agency: null,
    columns: [],
    mapping: null,
    today: "2026-01-15",
    text: null,
    secrets,
  };
  return openIssuingWorkers({ type: type as CertificateType, ...rest }, threads);
}

function copies(chunk: FlatCertificates, count: number): FlatCertificates[] {
  return Array.from({ length: count }, () => copyOf(chunk));
}

async function* inTurn(chunks: readonly FlatCertificates[]): AsyncGenerator<FlatCertificates> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}
