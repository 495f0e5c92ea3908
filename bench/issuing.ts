/**
 * The way of many certificates from a table to the store, on two worker threads, and what each stage of it
 * costs. Neither chain nor outbox are in it: it is the ceiling that issuing is measured by.
 *
 *     node bench/issuing.ts [--records N] [--type NAME] [--json]
 */
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readCatalogueFiles } from "../src/adapters/catalogue/read-catalogue.ts";
import { WorkerPool, inOrder } from "../src/adapters/hashing/worker-pool.ts";
import type { CertificateType } from "../src/core/catalogue/certificate-type.ts";
import { cpuSeconds } from "./compare.ts";
import { IssuingStore } from "./issuing-store.ts";
import { blocksOf } from "./issuing-table.ts";
import type { IssuedBatch, IssuingOrder } from "./issuing-worker.ts";
import { against, machineName, print, standsAlone } from "./report.ts";
import type { Row } from "./report.ts";
import { addUp, sumOf, threadMilliseconds } from "./stages.ts";
import type { Stages } from "./stages.ts";

const THREADS = 2;
const CORES = 2;
const BATCH = 4096;
const TODAY = "2026-01-15";
const WRITE_TABLE = join(import.meta.dirname, "write-table.ts");
const WORKER = new URL("./issuing-worker.ts", import.meta.url);
/** What hashing alone is: from checked values to trees. */
const HASHING = ["flat buffers", "salts", "claim and certificate leaves", "batch tree"];

interface Issued {
  readonly certificates: number;
  readonly stages: Stages;
  /** By the clock. */
  readonly seconds: number;
  /** What it would take on two cores of its own. */
  readonly secondsAlone: number;
}

const { records, type, json } = parseArgs({
  options: {
    records: { type: "string", default: "100000" },
    type: { type: "string", default: "real-estate-registration-proof" },
    json: { type: "boolean", default: false },
  },
}).values;

const folder = await mkdtemp(join(tmpdir(), "lz-bench-"));
try {
  const typeFile = join(import.meta.dirname, "..", "catalogue", `${type}.json`);
  const table = join(folder, "records.csv");
  execFileSync(process.execPath, [WRITE_TABLE, typeFile, records, table], { stdio: "inherit" });
  const issued = await issue(await readType(typeFile), table);
  print({ machine: machineName(), rows: rowsOf(issued) }, json);
} finally {
  await rm(folder, { recursive: true });
}

async function readType(file: string): Promise<CertificateType> {
  const [found] = (await readCatalogueFiles([file])).types;
  if (found === undefined) throw new Error(`${file} is no certificate type`);
  return found;
}

async function issue(certificateType: CertificateType, table: string): Promise<Issued> {
  const [start, cpu, own] = [performance.now(), process.cpuUsage(), threadMilliseconds()];
  const order: IssuingOrder = { type: certificateType, today: TODAY };
  const pool = new WorkerPool<Uint8Array, IssuedBatch>(WORKER, THREADS, order);
  const store = new IssuingStore(join(folder, "store.db"));
  const run = (lines: Uint8Array): Promise<IssuedBatch> => {
    return pool.run(lines, [lines.buffer as ArrayBuffer]);
  };
  const all: Stages[] = [];
  let certificates = 0;
  try {
    for await (const batch of inOrder(blocksOf(table, BATCH), run, 2 * THREADS)) {
      store.add(batch);
      all.push(batch.stages);
      certificates += batch.size;
    }
  } finally {
    await pool.close();
  }
  all.push(store.close());
  const seconds = (performance.now() - start) / 1000;
  const main = (threadMilliseconds() - own) / 1000;
  return {
    certificates,
    stages: addUp(all),
    seconds,
    secondsAlone: Math.max(main, cpuSeconds(cpu) / CORES),
  };
}

function rowsOf({ certificates, stages, seconds, secondsAlone }: Issued): Row[] {
  const hashing = sumOf(Object.fromEntries(HASHING.map((stage) => [stage, stages[stage] ?? 0])));
  const hashingAlone = hashing / 1000 / THREADS;
  const ratio = secondsAlone / hashingAlone;
  const whole = { name: `${String(certificates)} certificates, table to store`, unit: "seconds" };
  return [
    { ...whole, value: seconds, ...standsAlone },
    {
      ...whole,
      name: `${whole.name}, on two cores of its own`,
      value: secondsAlone,
      ...standsAlone,
    },
    {
      ...{ name: "the whole against hashing alone", value: secondsAlone, unit: "seconds" },
      against: against("flat buffers, salts, leaves, trees", hashingAlone),
      ...{ ratio, target: "≤ 3 ×", met: ratio <= 3 },
    },
    ...Object.entries(stages).map(([stage, spent]): Row => {
      const nanoseconds = (spent * 1e6) / certificates;
      return { name: stage, value: nanoseconds, unit: "ns of CPU a certificate", ...standsAlone };
    }),
    {
      name: "peak memory",
      value: process.resourceUsage().maxRSS / 1024,
      unit: "MB",
      ...standsAlone,
    },
  ];
}
