/** Certificates hashed on one worker thread and on two. */
import { hashCertificates } from "../src/adapters/hashing/hash-certificates.ts";
import type { FlatCertificates } from "../src/adapters/hashing/flat-certificates.ts";
import { CHUNK_LEAVES } from "../src/adapters/hashing/tree-layout.ts";
import { certificateChunk, copyOf } from "./certificate-chunks.ts";
import { cpuSeconds, median } from "./compare.ts";
import { against, times } from "./report.ts";
import type { Row } from "./report.ts";

const CORES = 2;

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
    name: `claims hashed, leaves and trees, two threads, ${how}`,
    value: rate(two),
    unit: "certificates per second",
    against: against("one thread", rate(one)),
  };
}

function gain(measure: keyof Taken, one: readonly Taken[], two: readonly Taken[]): number {
  return median(one.map((round, i) => round[measure] / (two[i]?.[measure] ?? Number.NaN)));
}

async function hashAll(chunk: FlatCertificates, chunks: number, threads: number): Promise<Taken> {
  const [start, before, own] = [performance.now(), process.cpuUsage(), process.threadCpuUsage()];
  for await (const { tree } of hashCertificates({ suite: 1, threads }, copies(chunk, chunks))) {
    if (tree.size !== CHUNK_LEAVES) throw new Error("a chunk was lost");
  }
  const all = cpuSeconds(before);
  const { user, system } = process.threadCpuUsage(own);
  const main = (user + system) / 1e6;
  const alone = Math.max(main, (all - main) / threads, all / CORES);
  return { clock: (performance.now() - start) / 1000, alone };
}

async function* copies(chunk: FlatCertificates, count: number): AsyncGenerator<FlatCertificates> {
  for (let i = 0; i < count; i++) yield await Promise.resolve(copyOf(chunk));
}
