import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { CallCount, Client, Credential } from "../../../src/ports/clients.ts";
import { clientOf } from "../../support/access.ts";
import { storePlaces } from "../../support/agency-stores.ts";
import type { StorePlaces } from "../../support/agency-stores.ts";
import { openServiceAt } from "../../support/service-stores.ts";
import type { OpenedServiceStore } from "../../support/service-stores.ts";

const NOW = 1_795_348_800;
const EVENT = { at: NOW, by: "tester", detail: "…" };

function keyOf(client: string, id: string): Credential {
  const [kind, secretHash] = ["key", "0".repeat(64)] as const;
  return { kind, id, secretHash, client, createdAt: NOW, until: null };
}

/** Two instances of one service on each database. */
describe.each(["SQLite", "PostgreSQL"] as const)("clients in %s", (kind) => {
  let places: StorePlaces;
  let here: OpenedServiceStore;
  let there: OpenedServiceStore;
  beforeAll(async () => {
    places = await storePlaces(kind);
    const place = await places.newPlace();
    here = await openServiceAt(place);
    there = await openServiceAt(place);
  });
  afterAll(async () => {
    await here.store.close();
    await there.store.close();
    await places.end();
  });

  let count = 0;
  function newClient(changes: Partial<Client> = {}): Client {
    return clientOf("counter", { id: `C-TEST${String(count++).padStart(4, "0")}`, ...changes });
  }

  it("are read at another instance as they were added", async () => {
    const { clients } = here.store;
    const before = await there.store.clients.revision();
    const client = newClient({ serviceItems: ["460200-0001"], agency: "11460200MB1234567A" });
    const credential = { ...keyOf(client.id, "as-added"), until: NOW + 9 };
    await clients.add(client, [credential], EVENT);
    const read = await there.store.clients.read();
    expect(read.clients.at(-1)).toEqual(client);
    expect(read.credentials).toContainEqual(credential);
    expect(read.revision).toBe(before + 1);
  });

  it("keep what was done with them, the newest first, without gaps", async () => {
    const client = newClient();
    await here.store.clients.add(client, [], EVENT);
    await here.store.clients.end(client.id, { ...EVENT, by: "other", detail: "" });
    const [last, first] = await there.store.clients.events(2);
    expect(last).toMatchObject({ what: "ended", client: client.id, by: "other" });
    expect(first).toMatchObject({ what: "added", number: Number(last?.number) - 1, at: NOW });
  });

  it("are not added at all where a credential belongs to another", async () => {
    await here.store.clients.add(newClient(), [keyOf("C-1", "taken")], EVENT);
    const before = await here.store.clients.read();
    const second = newClient();
    const adding = there.store.clients.add(second, [keyOf(second.id, "taken")], EVENT);
    await expect(adding).rejects.toMatchObject({ code: "CREDENTIAL_TAKEN", detail: "key taken" });
    expect(await here.store.clients.read()).toEqual(before);
  });

  it("end once, whoever comes at the same time", async () => {
    const client = newClient();
    await here.store.clients.add(client, [], EVENT);
    const stores = [here, there, here, there];
    const ended = await Promise.all(stores.map(({ store }) => store.clients.end(client.id, EVENT)));
    expect(ended.filter(Boolean)).toHaveLength(1);
    const { clients } = await here.store.clients.read();
    expect(clients.find(({ id }) => id === client.id)?.endedAt).toBe(NOW);
    expect(await here.store.clients.end("C-NOBODY00", EVENT)).toBe(false);
  });

  it("get a new key, and earlier ones never end later than they would have", async () => {
    const client = newClient();
    const early = { ...keyOf(client.id, "early"), until: NOW + 5 };
    const late = { ...keyOf(client.id, "late"), until: NOW + 5_000 };
    const open = keyOf(client.id, "open");
    const token = { ...open, kind: "token", id: "someone", secretHash: null } as const;
    await here.store.clients.add(client, [early, late, open, token], EVENT);
    const fresh = keyOf(client.id, "fresh");
    expect(await there.store.clients.rotate(fresh, NOW + 60, EVENT)).toBe(true);
    const { credentials } = await here.store.clients.read();
    const ends = credentials.filter((each) => each.client === client.id);
    expect(Object.fromEntries(ends.map(({ id, until }) => [id, until]))).toEqual({
      early: NOW + 5,
      late: NOW + 60,
      open: NOW + 60,
      fresh: null,
      someone: null,
    });
    await here.store.clients.end(client.id, EVENT);
    expect(await there.store.clients.rotate(keyOf(client.id, "no"), NOW, EVENT)).toBe(false);
  });

  it("number every change once, though two instances change at the same time", async () => {
    const before = await here.store.clients.revision();
    const stores = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? here : there));
    await Promise.all(stores.map(({ store }) => store.clients.add(newClient(), [], EVENT)));
    expect(await there.store.clients.revision()).toBe(before + 20);
    const events = await there.store.clients.events(20);
    expect(events.map(({ number }) => number)).toEqual(
      Array.from({ length: 20 }, (_, i) => before + 20 - i),
    );
  });

  it("are counted together: nothing that several instances count at once is lost", async () => {
    const counts = (add: number): CallCount[] =>
      ["a", "b", "c"].map((subject) => {
        return { kind: "day", subject, period: 7, count: add, expiresAt: NOW };
      });
    const stores = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? here : there));
    await Promise.all(
      stores.map(({ store }, i) => {
        const some = counts(i + 1);
        return store.callCounts.add(i % 2 === 0 ? some : some.reverse());
      }),
    );
    expect(await here.store.callCounts.add(counts(0))).toEqual([55, 55, 55]);
    expect(await here.store.callCounts.add([])).toEqual([]);
  });

  it("are known at all instances by where they were right, until that has run out", async () => {
    const noted = (subject: string, period: number): CallCount => {
      return { kind: "right", subject, period, count: 1, expiresAt: NOW + period };
    };
    await here.store.callCounts.add([noted("key/a@~1", 10), noted("key/a@~1", 20)]);
    await here.store.callCounts.add([noted("key/b@~1", 10)]);
    const { rightPlaces } = there.store.callCounts;
    expect(await rightPlaces(NOW + 9)).toEqual(new Set(["key/a@~1", "key/b@~1"]));
    expect(await rightPlaces(NOW + 10)).toEqual(new Set(["key/a@~1"]));
    expect(await rightPlaces(NOW + 20)).toEqual(new Set());
  });

  it("are locked out for the longest of times that were said, and not after it", async () => {
    const { callCounts } = here.store;
    await callCounts.lock("key/x", NOW + 60);
    await there.store.callCounts.lock("key/x", NOW + 30);
    await there.store.callCounts.lock("key/y", NOW + 10);
    expect(await callCounts.locks(NOW)).toEqual(
      new Map([
        ["key/x", NOW + 60],
        ["key/y", NOW + 10],
      ]),
    );
    expect(await callCounts.locks(NOW + 60)).toEqual(new Map());
  });
});
