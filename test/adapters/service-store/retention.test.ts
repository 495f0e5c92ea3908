import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { KEPT_FOR_A_TIME } from "../../../src/ports/retention.ts";
import type { Outlived } from "../../../src/ports/retention.ts";
import { storePlaces } from "../../support/agency-stores.ts";
import type { StorePlaces } from "../../support/agency-stores.ts";
import { openServiceAt } from "../../support/service-stores.ts";
import type { OpenedServiceStore } from "../../support/service-stores.ts";

const NOW = 1_800_000_000;
const LIMITS = { now: NOW, useDays: 30 };
const HOURS = 3600;

const countOf = (counts: readonly Outlived[], what: Outlived["what"]): number | undefined =>
  counts.find((each) => each.what === what)?.count;

describe.each(["SQLite", "PostgreSQL"] as const)(
  "what a service keeps for a time, in %s",
  (kind) => {
    let places: StorePlaces;
    let opened: OpenedServiceStore;
    let place: string;

    beforeAll(async () => {
      places = await storePlaces(kind);
    });
    beforeEach(async () => {
      place = await places.newPlace();
      opened = await openServiceAt(place);
    });
    afterEach(() => opened.store.close());
    afterAll(() => places.end());

    it("forgets presentations that ran out by any clock, and no other", async () => {
      const { replays, retention } = opened.store;
      await Promise.all([
        replays.isFirstUse("long past", NOW - 3 * HOURS, null),
        replays.isFirstUse("past by our clock", NOW - HOURS, null),
        replays.isFirstUse("good", NOW + 60, null),
      ]);
      expect(countOf(await retention.outlived(LIMITS), "replays")).toBe(1);
      expect(countOf(await retention.erase(LIMITS), "replays")).toBe(1);
      expect(countOf(await retention.outlived(LIMITS), "replays")).toBe(0);
      expect(await replays.isFirstUse("past by our clock", NOW, null)).toBe(false);
      expect(await replays.isFirstUse("good", NOW, null)).toBe(false);
      expect(await replays.isFirstUse("long past", NOW, null)).toBe(true);
    });

    it("erases more than one transaction takes, and by keys of several columns", async () => {
      const { callCounts, retention } = opened.store;
      const counts = Array.from({ length: 2500 }, (_, i) => {
        const expiresAt = i < 2400 ? NOW - 3 * HOURS : NOW + HOURS;
        return {
          kind: "verified",
          subject: `C-${String(i)}`,
          period: 1,
          count: 1,
          expiresAt,
        } as never;
      });
      await callCounts.add(counts);
      expect(countOf(await retention.erase(LIMITS), "callCounts")).toBe(2400);
      const left = await opened.database.db.selectFrom("call_count").select("subject").execute();
      expect(left).toHaveLength(100);
    });

    it("tells of every kind, where there is nothing too", async () => {
      const counts = await opened.store.retention.outlived(LIMITS);
      expect(counts.map(({ what }) => what)).toEqual(Object.keys(KEPT_FOR_A_TIME));
      expect(counts.every(({ count }) => count === 0)).toBe(true);
    });

    it("is done by one instance at a time", async () => {
      const other = await openServiceAt(place);
      const lock = await opened.store.retention.lock();
      expect(await other.store.retention.lock()).toBeNull();
      await lock?.release();
      const again = await other.store.retention.lock();
      expect(again).not.toBeNull();
      await again?.release();
      await other.store.close();
    });

    it("answers whoever asks whether it is there", async () => {
      await expect(opened.store.probe()).resolves.toBeUndefined();
    });
  },
);
