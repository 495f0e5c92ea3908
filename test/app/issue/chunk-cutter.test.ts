/** However records come, they are cut into the same chunks, whole and in order. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { ChunkCutter } from "../../../src/app/issue/chunk-cutter.ts";
import type { BatchShape, CutChunk } from "../../../src/app/issue/chunk-cutter.ts";
import type { RecordRun } from "../../../src/app/issue/flat-runs.ts";
import { claimAt, joinRuns } from "../../../src/app/issue/flat-runs.ts";
import { FlatWriter } from "../../../src/adapters/hashing/flat-writer.ts";
import { decodeCbor } from "../../../src/core/encoding/cbor.ts";
import { CHUNK_LEAVES } from "../../../src/ports/agency-store.ts";

/** Records that say which they are: every third has a claim more, and each a digest of its own. */
function block(first: number, count: number): Omit<RecordRun, "from" | "to"> {
  const writer = new FlatWriter(["id", "more"]);
  const digests = new Uint8Array(16 * count);
  for (let i = first; i < first + count; i++) {
    writer.claim(0, `number ${String(i)}`);
    if (i % 3 === 0) writer.claim(1, "x".repeat(i % 7));
    writer.end({ notBefore: i, notAfter: null }, new Uint8Array(32).fill(i));
    digests.fill(i, 16 * (i - first), 16 * (i - first + 1));
  }
  return { records: writer.takeRecords(), digests };
}

/** What the chunks hold, record by record: number, time, holder, digest, claims. */
function recordsIn(chunks: readonly CutChunk[]): string[] {
  return chunks.flatMap(({ order: { records }, digests }) => {
    return Array.from({ length: records.count }, (_, i) => {
      const id = decodeCbor(claimAt(records, i, 0)) as string;
      const claims = (records.claimStarts[i + 1] as number) - (records.claimStarts[i] as number);
      const rest = [records.validities[2 * i], records.holders[32 * i + 31], digests[16 * i + 15]];
      return [id, ...rest, claims].join();
    });
  });
}

function expectedRecords(count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    return [`number ${String(i)}`, i, i % 256, i % 256, i % 3 === 0 ? 2 : 1].join();
  });
}

function cutAll(shape: BatchShape, runs: readonly RecordRun[]): CutChunk[] {
  const cutter = new ChunkCutter(shape);
  return [...runs.flatMap((run) => [...cutter.push([run])]), ...cutter.end()];
}

/** Each batch has its chunks in order, full but for the last, and as many leaves as it says. */
function expectShape({ batchSize, isPadded }: BatchShape, chunks: readonly CutChunk[]): void {
  let [batch, index, issued] = [0, 0, 0];
  for (const { order, ended } of chunks) {
    const { records, padding } = order;
    expect(order).toMatchObject({ batch, firstIndex: index });
    index += records.count + padding;
    issued += records.count;
    if (ended === null) {
      expect(records.count + padding).toBe(CHUNK_LEAVES);
      continue;
    }
    expect(ended).toEqual({ issued, size: index });
    expect(index).toBe(isPadded ? 2 ** Math.ceil(Math.log2(issued)) : issued);
    expect(issued).toBeLessThanOrEqual(batchSize);
    [batch, index, issued] = [batch + 1, 0, 0];
  }
  expect(issued).toBe(0);
}

describe("records that pass the gate", () => {
  it("are cut into chunks of batches, each record once and in order, however they come", () => {
    const records = block(0, 400);
    const shapes = fc.record({
      batchSize: fc.integer({ min: 1, max: 500 }),
      isPadded: fc.boolean(),
    });
    const marks = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 12 });
    fc.assert(
      fc.property(shapes, marks, (shape, cuts) => {
        const ends = [0, ...cuts, 400].sort((a, b) => a - b);
        const runs = ends.slice(1).map((to, i) => ({ ...records, from: ends[i] as number, to }));
        const chunks = cutAll(
          shape,
          runs.filter(({ from, to }) => from < to),
        );
        expect(recordsIn(chunks)).toEqual(expectedRecords(400));
        expectShape(shape, chunks);
        const sizes = chunks.flatMap(({ ended }) => ended?.issued ?? []);
        expect(sizes.slice(0, -1)).toEqual(sizes.slice(1).map(() => shape.batchSize));
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    [4096, 4096, [4096]],
    [4097, 4096, [4096, 1]],
    [8192, 2 ** 24, [8192]],
    [9000, 10_000, [9000]],
    [10_000, 5000, [5000, 5000]],
    [10_001, 5000, [5000, 5000, 1]],
  ])("%i of them in batches of %i make batches of %j", (count, batchSize, sizes) => {
    for (const isPadded of [false, true]) {
      const runs: RecordRun[] = [];
      for (let from = 0; from < count; from += 3000) {
        const some = block(from, Math.min(3000, count - from));
        runs.push({ ...some, from: 0, to: some.records.count });
      }
      const chunks = cutAll({ batchSize, isPadded }, runs);
      expectShape({ batchSize, isPadded }, chunks);
      expect(chunks.flatMap(({ ended }) => ended?.issued ?? [])).toEqual(sizes);
      expect(recordsIn(chunks)).toEqual(expectedRecords(count));
    }
  });

  it("make no batch where there are none", () => {
    expect(cutAll({ batchSize: 10, isPadded: true }, [])).toEqual([]);
  });

  it("leave no buffers behind once they are in chunks, and lose none before", () => {
    const [some, rest] = [block(0, 3000), block(3000, 3000)];
    const cutter = new ChunkCutter({ batchSize: 4096, isPadded: false });
    const first = [
      { ...some, from: 0, to: 1000 },
      { ...some, from: 1000, to: 3000, isLast: true },
    ];
    expect([...cutter.push(first)]).toEqual([]);
    const [chunk] = cutter.push([{ ...rest, from: 0, to: 3000, isLast: true }]);
    expect(some.records.values.bytes.length).toBe(0);
    expect(rest.records.values.bytes.length).toBeGreaterThan(0);
    const [last] = cutter.end();
    expect(rest.digests.length).toBe(0);
    expect(recordsIn([chunk, last] as CutChunk[])).toEqual(expectedRecords(6000));
  });

  it("are not copied where a chunk is what came", () => {
    const { records, digests } = block(0, 10);
    expect(joinRuns([{ records, digests, from: 0, to: 10 }]).records).toBe(records);
  });
});
