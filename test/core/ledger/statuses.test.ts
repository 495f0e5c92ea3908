import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import {
  STATUS_NAMES,
  isLegalTransition,
  recordedStatus,
  statusAt,
  statusName,
} from "../../../src/core/ledger/statuses.ts";
import { batchKey } from "../../../src/core/ledger/state.ts";
import { issueBatch } from "../../support/certificate-batch.ts";
import { NOW, SANYA, T0, tellUsualStory } from "../../support/ledger-story.ts";

const primitives = await loadPrimitives();
const batch = issueBatch(primitives);
const reference = { agency: SANYA.code, root: batch.root, index: 2 };

describe("a status", () => {
  it("is changed as the protocol's table allows: only a suspension is lifted", () => {
    const codes = [...STATUS_NAMES.keys(), 7];
    for (const from of codes) {
      for (const to of codes) {
        const isAllowed = from !== to && to !== 7 && (from === 0 || from === 1);
        expect([from, to, isLegalTransition(from, to)]).toEqual([from, to, isAllowed]);
      }
    }
  });

  it("has the protocol's name, and is 'other' where no version of it knows the number", () => {
    expect(statusName(5)).toEqual({ name: "revoked", zh: "吊销" });
    expect(statusName(15).name).toBe("other");
    expect(statusName(7).name).toBe("other");
  });

  it("is recorded last, whatever the day it takes effect", () => {
    const { state } = tellUsualStory(primitives)
      .setStatus(batch, 2, 1, NOW + 100)
      .setStatus(batch, 2, 5, T0);
    const changes = state.statuses.get(batchKey(SANYA.code, batch.root))?.certificates.of(2);
    expect(recordedStatus(changes)).toBe(5);
    expect(recordedStatus([])).toBe(0);
    expect(recordedStatus(undefined)).toBe(0);
  });

  it("is active for a certificate nobody ever spoke of", () => {
    const { state } = tellUsualStory(primitives).setStatus(batch, 3, 5);
    expect(statusAt(state, reference, NOW, NOW)).toBeNull();
    expect(statusAt(state, { ...reference, root: "0x" }, NOW, NOW)).toBeNull();
  });

  it("is that of the last change recorded by then and in effect by then", () => {
    const change = fc.record({
      status: fc.constantFrom(0, 1, 5),
      effectiveFrom: fc.integer({ min: 0, max: 20 }),
      isWhole: fc.boolean(),
    });
    const times = fc.integer({ min: -1, max: 21 });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), times, times, (changes, at, asKnownAt) => {
        const story = tellUsualStory(primitives);
        changes.forEach(({ status, effectiveFrom, isWhole }, recordedAt) => {
          story.at(recordedAt).setStatus(batch, isWhole ? null : 2, status, effectiveFrom);
        });
        const known = changes.filter(
          (one, recordedAt) => recordedAt <= asKnownAt && one.effectiveFrom <= at,
        );
        const whole = known.filter(({ isWhole }) => isWhole).at(-1)?.status ?? 0;
        const own = known.filter(({ isWhole }) => !isWhole).at(-1)?.status ?? 0;
        const found = statusAt(story.state, reference, at, asKnownAt);
        expect(found?.change.status ?? 0).toBe(whole === 0 ? own : whole);
        expect(found?.scope).toBe(whole !== 0 ? "batch" : own !== 0 ? "certificate" : undefined);
      }),
    );
  });
});
