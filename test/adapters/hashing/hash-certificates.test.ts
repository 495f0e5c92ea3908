import { describe, expect, it } from "@jest/globals";
import { certificateLeaves } from "../../../src/adapters/hashing/certificate-leaves.ts";
import type { FlatCertificates } from "../../../src/adapters/hashing/flat-certificates.ts";
import { FlatWriter } from "../../../src/adapters/hashing/flat-writer.ts";
import { hashCertificates } from "../../../src/adapters/hashing/hash-certificates.ts";
import type { HashedCertificates } from "../../../src/adapters/hashing/hash-certificates.ts";
import { HashingKernel } from "../../../src/adapters/hashing/hashing-kernel.ts";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { buildBatchTree } from "../../../src/core/batch/tree.ts";
import { suiteHash } from "../../../src/core/hashing.ts";
import { seededBytes } from "../../support/seeded.ts";

const NAMES = ["holderName", "number", "remarks"];
const CHUNK = 50;

function chunk(number: number): FlatCertificates {
  const writer = new FlatWriter(NAMES);
  for (let i = 0; i < CHUNK; i++) {
    writer.claim(0, `持证人${String(i)}`);
    writer.claim(1, `${String(number)}-${String(i)}`);
    if (i % 3 === 0) writer.claim(2, i);
    writer.end({ notBefore: i, notAfter: null }, seededBytes(String(i), 32));
  }
  return writer.take(CHUNK * number, (length) => seededBytes(`salts ${String(number)}`, length));
}

async function* chunks(count: number): AsyncGenerator<FlatCertificates> {
  for (let i = 0; i < count; i++) yield await Promise.resolve(chunk(i));
}

async function* of<T>(...items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}

function runningThreads(): number {
  const report = process.report.getReport() as unknown as { readonly workers: readonly unknown[] };
  return report.workers.length;
}

async function all(hashed: AsyncIterable<HashedCertificates>): Promise<HashedCertificates[]> {
  const found: HashedCertificates[] = [];
  for await (const one of hashed) found.push(one);
  return found;
}

describe("certificates hashed on worker threads", () => {
  it.each([1, 2] as const)(
    "come back in order, whole, with the core's tree over their leaves, suite %i",
    async (suite) => {
      const hash = suiteHash(await loadPrimitives(), suite);
      const kernel = new HashingKernel();
      const hashed = await all(hashCertificates({ suite, threads: 2 }, chunks(9)));
      expect(hashed).toHaveLength(9);
      hashed.forEach(({ certificates, tree }, i) => {
        expect(certificates).toEqual(chunk(i));
        const leaves = certificateLeaves(kernel, suite, certificates);
        expect(tree).toEqual(buildBatchTree(hash, leaves));
      });
    },
  );

  it("end with what is wrong with them", async () => {
    const damaged = of(chunk(0), chunk(1), { ...chunk(2), salts: new Uint8Array(7) });
    await expect(all(hashCertificates({ suite: 1, threads: 2 }, damaged))).rejects.toThrow(
      "buffers that do not fit each other",
    );
  });

  it("leave no thread behind, whether they are taken to the end, left early, or fail", async () => {
    const order = { suite: 1, threads: 2 } as const;
    await all(hashCertificates(order, chunks(3)));
    for await (const { tree } of hashCertificates(order, chunks(1000))) {
      expect([tree.size, runningThreads()]).toEqual([CHUNK, 2]);
      break;
    }
    const twice = chunk(0);
    await expect(all(hashCertificates(order, of(twice, twice)))).rejects.toThrow("transfer");
    expect(runningThreads()).toBe(0);
  });
});
