import { describe, expect, it } from "@jest/globals";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { CertificateStatuses } from "../../../src/core/ledger/certificate-statuses.ts";
import type { StatusChange } from "../../../src/core/ledger/certificate-statuses.ts";

/** Outgrown buffers are gone only once they are collected. */
setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const change = fc.record({
  status: fc.integer({ min: 0, max: 15 }),
  effectiveFrom: fc.maxSafeInteger().map(Math.abs),
  recordedAt: fc.integer({ min: 0, max: 2 ** 40 }),
  reason: fc.integer({ min: 0, max: 0xffff }),
});
/** Few certificates, so that most have several changes; one is the last that there can be. */
const index = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constant(2 ** 32 - 1));

function statusesOf(changes: readonly (readonly [number, StatusChange])[]): CertificateStatuses {
  const statuses = new CertificateStatuses();
  for (const [at, one] of changes) statuses.add(at, one);
  return statuses;
}

describe("the status changes of a batch's certificates", () => {
  it("are what was recorded of each, in the order of the chain, however many they are", () => {
    const changes = fc.array(fc.tuple(index, change), { maxLength: 400, size: "max" });
    fc.assert(
      fc.property(changes, (all) => {
        const statuses = statusesOf(all);
        const expected = Map.groupBy(all, ([at]) => at);
        for (const [at, own] of expected) {
          expect(statuses.of(at)).toEqual(own.map(([, one]) => one));
        }
        const rising = [...expected.keys()].sort((a, b) => a - b);
        expect([...statuses.all()].map(([at]) => at)).toEqual(rising);
        for (const [at, own] of statuses.all()) {
          expect(own).toEqual(expected.get(at)?.map(([, one]) => one));
        }
      }),
    );
  });

  it("are none of a certificate nobody spoke of, before, between and after others", () => {
    const one = { status: 5, effectiveFrom: 1, recordedAt: 2, reason: 3 };
    const statuses = statusesOf(Array.from({ length: 200 }, (_, i) => [10 + 2 * i, one]));
    for (const at of [0, 9, 11, 301, 1000]) expect(statuses.of(at)).toEqual([]);
    expect([...new CertificateStatuses().all()]).toEqual([]);
  });

  it("go on being added while they are read", () => {
    const one = { status: 1, effectiveFrom: 1, recordedAt: 2, reason: 0 };
    const statuses = statusesOf([[7, one]]);
    expect([...statuses.all()]).toEqual([[7, [one]]]);
    statuses.add(3, one);
    statuses.add(7, { ...one, status: 0 });
    expect(statuses.of(7).map(({ status }) => status)).toEqual([1, 0]);
    expect([...statuses.all()].map(([at]) => at)).toEqual([3, 7]);
  });

  it("take 24 bytes each, and little more", () => {
    const statuses = new CertificateStatuses();
    collectGarbage();
    const before = process.memoryUsage().arrayBuffers;
    const one = { status: 5, effectiveFrom: 1, recordedAt: 2, reason: 3 };
    for (let i = 0; i < 300_000; i++) statuses.add((i * 7919) % 1_000_003, one);
    collectGarbage();
    const bytes = process.memoryUsage().arrayBuffers - before;
    expect(statuses.of(7919)).toHaveLength(1);
    expect(bytes / 300_000).toBeLessThan(24 * 6);
  });
});
