import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { PresentationRequest } from "../../../src/ports/presentation-requests.ts";
import { storePlaces } from "../../support/agency-stores.ts";
import type { StorePlaces } from "../../support/agency-stores.ts";
import { openServiceAt } from "../../support/service-stores.ts";
import type { OpenedServiceStore } from "../../support/service-stores.ts";

const NOW = 1_775_865_600;

function request(changes: Partial<PresentationRequest> = {}): PresentationRequest {
  return {
    id: "r".repeat(22),
    code: "048213",
    client: "C-0TEST001",
    audience: "杭州市民政局3号窗口",
    region: "330100",
    purpose: "婚姻登记信息查询",
    useCause: "办理查询",
    type: "111000000000199087001",
    claims: ["holderName"],
    requiresHolder: true,
    nonce: new Uint8Array(16).fill(7),
    createdAt: NOW,
    expiresAt: NOW + 300,
    ...changes,
  };
}

const answer = (byte: number, answeredAt = NOW + 10) => {
  return { sealed: Uint8Array.of(byte), answeredAt, keptUntil: answeredAt + 120 };
};
const { id } = request();

describe.each(["SQLite", "PostgreSQL"] as const)("what counters ask for, in %s", (kind) => {
  let places: StorePlaces;
  let opened: OpenedServiceStore[];
  /** Two instances on one store. */
  const [one, other] = [() => storeOf(0), () => storeOf(1)];
  const storeOf = (i: number) => (opened[i] as OpenedServiceStore).store;

  beforeAll(async () => {
    places = await storePlaces(kind);
  });
  beforeEach(async () => {
    const place = await places.newPlace();
    opened = [await openServiceAt(place), await openServiceAt(place)];
  });
  afterEach(async () => {
    for (const { store } of opened) await store.close();
  });
  afterAll(() => places.end());

  it("is found as it was asked by every instance, by id and by code", async () => {
    expect(await one().requests.add(request())).toBe(true);
    const kept = { ...request(), answeredAt: null, keptUntil: null, verifiedAt: null };
    expect(await other().requests.find(id)).toEqual(kept);
    expect(await other().requests.findByCode("048213")).toEqual(kept);
    expect(await one().requests.find("x")).toBeNull();
    expect(await one().requests.findByCode("000000")).toBeNull();
  });

  it("a code leads to one request: of many that draw it at once, one gets it", async () => {
    const drawn = Array.from({ length: 20 }, (_, i) => {
      return (i % 2 === 0 ? one() : other()).requests.add(request({ id: `request-${String(i)}` }));
    });
    expect((await Promise.all(drawn)).filter((isAdded) => isAdded)).toHaveLength(1);
  });

  it("a code is free again ten minutes after its request ran out, and not before", async () => {
    await one().requests.add(request());
    const again = (createdAt: number) => request({ id: "later", createdAt });
    expect(await one().requests.add(again(NOW + 899))).toBe(false);
    expect(await one().requests.add(again(NOW + 900))).toBe(true);
    expect((await one().requests.findByCode("048213"))?.id).toBe("later");
  });

  it("takes one answer, whoever else answers at the same moment at another instance", async () => {
    await one().requests.add(request());
    const answered = Array.from({ length: 20 }, (_, i) => {
      return (i % 2 === 0 ? one() : other()).requests.answer(id, answer(i));
    });
    const results = await Promise.all(answered);
    expect(results.filter((isFirst) => isFirst)).toHaveLength(1);
    const first = results.indexOf(true);
    expect([...((await one().requests.answerTo(id, NOW + 10, null)) ?? [])]).toEqual([first]);
    expect(await one().requests.find(id)).toMatchObject({
      answeredAt: NOW + 10,
      keptUntil: NOW + 130,
    });
  });

  it("takes no answer once it has run out, nor to what was never asked", async () => {
    await one().requests.add(request());
    expect(await one().requests.answer(id, answer(1, NOW + 300))).toBe(false);
    expect(await one().requests.answer("x", answer(1))).toBe(false);
    expect(await one().requests.answer(id, answer(1, NOW + 299))).toBe(true);
  });

  it("gives its answer up once, and forgets it with that", async () => {
    await one().requests.add(request());
    expect(await one().requests.spend(id, NOW, null)).toBe(false);
    await one().requests.answer(id, answer(1));
    const spent = Array.from({ length: 20 }, (_, i) => {
      return (i % 2 === 0 ? one() : other()).requests.spend(id, NOW + 20, null);
    });
    expect((await Promise.all(spent)).filter((isFirst) => isFirst)).toHaveLength(1);
    expect(await one().requests.answerTo(id, NOW + 20, null)).toBeNull();
    expect(await one().requests.find(id)).toMatchObject({ verifiedAt: NOW + 20 });
  });

  it("gives its answer up, and what is held, to every attempt at one call and to no other", async () => {
    await one().requests.add(request());
    await one().requests.answer(id, answer(1));
    await one().held.hold("key", Uint8Array.of(1, 2), NOW + 60);
    const names = ["a", "b", "c", null];
    const asked = Array.from({ length: 40 }, async (_, i) => {
      const by = names[i % 4] as string | null;
      const { requests, held } = i % 2 === 0 ? one() : other();
      return {
        by,
        ends: [await requests.spend(id, NOW + 20, by), (await held.take("key", NOW, by)) !== null],
      };
    });
    const all = await Promise.all(asked);
    for (const what of [0, 1]) {
      const winners = all.flatMap(({ by, ends }) => (ends[what] === true ? [by] : []));
      expect(new Set(winners).size).toBe(1);
      expect(winners).toHaveLength(winners[0] === null ? 1 : 10);
    }
  });

  it("keeps its answer for the call that spent it, be its time over, and forgets nothing of it before", async () => {
    await one().requests.add(request());
    await one().requests.answer(id, answer(1));
    await one().held.hold("key", Uint8Array.of(1, 2), NOW + 60);
    expect(await one().requests.spend(id, NOW + 20, "a")).toBe(true);
    expect(await other().requests.answerTo(id, NOW + 200, "a")).toEqual(Uint8Array.of(1));
    expect(await other().requests.spend(id, NOW + 200, "a")).toBe(true);
    for (const by of ["b", null]) {
      expect(await other().requests.answerTo(id, NOW + 20, by)).toBeNull();
      expect(await other().requests.spend(id, NOW + 20, by)).toBe(false);
    }
    expect(await one().held.take("key", NOW, "a")).toEqual(Uint8Array.of(1, 2));
    expect(await other().held.take("key", NOW + 100, "a")).toEqual(Uint8Array.of(1, 2));
    for (const by of ["b", null]) expect(await other().held.take("key", NOW, by)).toBeNull();
  });

  it("gives no answer up past its time", async () => {
    await one().requests.add(request());
    await one().requests.answer(id, answer(1));
    expect(await one().requests.answerTo(id, NOW + 129, null)).not.toBeNull();
    expect(await one().requests.answerTo(id, NOW + 130, null)).toBeNull();
    expect(await one().requests.spend(id, NOW + 130, null)).toBe(false);
  });

  it("what is held for a reference is taken once, by one of many, and not past its time", async () => {
    await one().held.hold("key", Uint8Array.of(1, 2), NOW + 60);
    await one().held.hold("late", Uint8Array.of(3), NOW + 60);
    expect(await other().held.take("late", NOW + 60, null)).toBeNull();
    const taken = Array.from({ length: 20 }, (_, i) => {
      return (i % 2 === 0 ? one() : other()).held.take("key", NOW, null);
    });
    const given = (await Promise.all(taken)).filter((sealed) => sealed !== null);
    expect(given.map((sealed) => [...sealed])).toEqual([[1, 2]]);
    expect(await one().held.take("nothing", NOW, null)).toBeNull();
  });

  it("is erased when it is past: requests, their codes, and what was held", async () => {
    await one().requests.add(request());
    await one().held.hold("key", Uint8Array.of(1), NOW + 60);
    const kinds = ["requests", "requestCodes", "held"];
    const count = async (now: number) => {
      const outlived = await one().retention.outlived({ now, useDays: 1 });
      return kinds.map((kind) => outlived.find(({ what }) => what === kind)?.count);
    };
    expect(await count(NOW + 900)).toEqual([0, 0, 0]);
    expect(await count(NOW + 10_000)).toEqual([1, 1, 1]);
    await one().retention.erase({ now: NOW + 10_000, useDays: 1 });
    expect(await count(NOW + 10_000)).toEqual([0, 0, 0]);
    expect(await one().requests.find(id)).toBeNull();
  });
});
