/** Certificates made on real threads: in order, within bounds, and with nothing left where one dies. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { WorkerPool } from "../../../src/adapters/hashing/worker-pool.ts";
import { openSource } from "../../../src/adapters/sources/open-source.ts";
import { toCsv } from "../../../src/app/sample/to-csv.ts";
import { openIssuingWorkers } from "../../../src/main/issuing/issuing-workers.ts";
import type { RecordSource } from "../../../src/ports/record-source.ts";
import type { OpenIssuingWorkers } from "../../../src/ports/issuing-workers.ts";
import type { Row } from "../../support/good-rows.ts";
import { goodRows } from "../../support/good-rows.ts";
import { certificatesIn, claimsIn, hashing, type } from "../../support/hashing.ts";
import { IntakeInMemory, workersInProcess } from "../../support/intake-in-memory.ts";

const ROWS = 6_000;
const ODD_WORKER = new URL("../../adapters/hashing/odd-worker.ts", import.meta.url);
let folder: string;
let rows: Row[];
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-threads-"));
  rows = goodRows({ type }, ROWS);
  file = join(folder, "records.csv");
  const bad = rows.map((row, i) => (i % 1_000 === 7 ? { ...row, holderSex: "" } : row));
  const columns = Object.keys(rows[0] as Row);
  await writeFile(file, [...toCsv(columns, bad), ...toCsv(columns, rows.slice(0, 1))].join(""));
});
afterAll(() => rm(folder, { recursive: true }));

function runningThreads(): number {
  const report = process.report.getReport() as unknown as { readonly workers: readonly unknown[] };
  return report.workers.length;
}

describe("a table hashed on threads", () => {
  it.each([1, 3])("has its certificates and faults in order, on %i of them", async (threads) => {
    const openWorkers: OpenIssuingWorkers = (order) => openIssuingWorkers(order, threads);
    // The last two lines are another header, which is a record at fault, and a number that was there.
    const { hashed, intake, faults } = hashing(await openSource(file), {
      ...{ openWorkers, batchSize: 10_000, isPadded: true },
    });
    expect(await hashed).toMatchObject({ skipped: 8 });
    const good = rows.filter((_, i) => i % 1_000 !== 7);
    expect(intake.batches).toMatchObject([{ issued: good.length, size: 8192 }]);
    const numbers = certificatesIn(intake).map((each) => claimsIn(each)["certificateNumber"]);
    expect(numbers).toEqual(good.map((row) => row["certificateNumber"]));
    const missing = [7, 1007, 2007, 3007, 4007, 5007].map((i) => `${String(i + 2)} MISSING_FIELD`);
    const told = faults.map(({ line, code }) => `${String(line)} ${code}`);
    expect(told.slice(0, 6)).toEqual(missing);
    expect(told.at(-1)).toBe(`${String(ROWS + 3)} NUMBER_DOUBLED`);
    expect(runningThreads()).toBe(0);
  });

  it("needs none of them where it is small, be its records right or wrong", async () => {
    const few = join(folder, "few.csv");
    const bad = rows.slice(0, 40).map((row, i) => (i === 7 ? { ...row, holderSex: "" } : row));
    await writeFile(few, [...toCsv(Object.keys(rows[0] as Row), bad)].join(""));
    const running: number[] = [];
    const intake = new IntakeInMemory(1);
    const openWorkers: OpenIssuingWorkers = (order) => {
      const { threads, check, hash, close } = openIssuingWorkers(order, 2);
      return { threads, check, hash, close: () => (running.push(runningThreads()), close()) };
    };
    const { hashed, faults } = hashing(await openSource(few), { openWorkers, intake });
    expect(await hashed).toMatchObject({ skipped: 1 });
    expect(faults).toMatchObject([{ line: 9, code: "MISSING_FIELD" }]);
    expect(certificatesIn(intake).map(({ index }) => index)).toEqual([...Array(39).keys()]);
    expect(running).toEqual([0]);
  });

  it("leaves nothing and no thread behind where one dies, and says so", async () => {
    const pool = new WorkerPool<string, never>(ODD_WORKER, 1, null);
    let blocks = 0;
    const openWorkers: OpenIssuingWorkers = (order) => ({
      ...workersInProcess(order),
      check: (block) => {
        return ++blocks === 3 ? pool.run("exit", []) : workersInProcess(order).check(block);
      },
      close: () => pool.close(),
    });
    const { hashed, intake } = hashing(await openSource(file), { openWorkers });
    const problem = { code: "INTERNAL", detail: "a worker thread died" };
    await expect(hashed).rejects.toMatchObject(problem);
    expect([intake.isDiscarded, intake.skipped, runningThreads()]).toEqual([true, null, 0]);
  });

  it("ends with what the store ends in, and leaves no thread behind", async () => {
    const intake = new IntakeInMemory(1);
    intake.endBatch = () => Promise.reject(new Error("the disk is full"));
    const openWorkers: OpenIssuingWorkers = (order) => openIssuingWorkers(order, 2);
    const { hashed } = hashing(await openSource(file), { openWorkers, intake, batchSize: 500 });
    await expect(hashed).rejects.toThrow("the disk is full");
    expect([intake.isDiscarded, runningThreads()]).toEqual([true, 0]);
  });

  it("is read no further than a few pages ahead of what the store has taken", async () => {
    const [columns, page] = [Object.keys(rows[0] as Row), 10];
    let [given, taken, mostAhead] = [0, 0, 0];
    const source: RecordSource = {
      ...{ name: "rows", digest: "", columns, close: () => Promise.resolve() },
      pages: async function* () {
        for (let from = 0; from < 2_000; from += page) {
          given++;
          yield rows.slice(from, from + page).map((row, i) => {
            return { line: from + i + 1, cells: Object.values(row) };
          });
        }
      },
    };
    const intake = new IntakeInMemory(1);
    intake.addChunk = async () => {
      await pause(1);
      mostAhead = Math.max(mostAhead, given - ++taken);
    };
    await hashing(source, { intake, batchSize: page }).hashed;
    expect([given, taken]).toEqual([200, 200]);
    expect(mostAhead).toBeLessThan(16);
  });
});
