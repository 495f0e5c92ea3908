import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openLedgerStore } from "../../src/adapters/store/ledger-store.ts";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { issueBatch } from "../support/certificate-batch.ts";
import type { Json, RunningApp } from "../support/http-app.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import {
  AUTHORITY,
  HANGZHOU,
  IDENTITY,
  MARRIAGE,
  NOW,
  SANYA,
  SANYA_KEY_ID,
  T0,
} from "../support/ledger-story.ts";
import { usualCase } from "../support/usual-case.ts";

const primitives = await loadPrimitives();
const { story, batch } = usualCase(primitives);
const second = issueBatch(primitives, { seed: "Hangzhou's", agency: HANGZHOU });
const DAY = 86_400;

story
  .at(T0 + DAY)
  .anchor(second)
  .setStatus(batch, 0, 1)
  .at(T0 + 2 * DAY)
  .setStatuses(batch, [1, 3], 5)
  .setStatus(batch, 0, 0)
  .at(T0 + 3 * DAY)
  .setStatus(second, null, 1)
  .setStatus(batch, 2, 5, NOW + DAY)
  .tell({
    kind: "AgencyStatusChanged",
    agency: SANYA.code,
    status: "suspended",
    effectiveFrom: T0,
  })
  .tell({ kind: "DocumentKeyDistrusted", agency: SANYA.code, keyId: SANYA_KEY_ID })
  .tell({ kind: "DocumentKeyDistrustLifted", agency: SANYA.code, keyId: SANYA_KEY_ID })
  .tell({ kind: "DocumentKeyEnded", agency: SANYA.code, keyId: SANYA_KEY_ID })
  .tell({
    kind: "AgencySucceeded",
    agency: SANYA.code,
    successor: HANGZHOU.code,
    effectiveFrom: T0,
  });

let app: RunningApp;
let store: Awaited<ReturnType<typeof openLedgerStore>>;
beforeAll(async () => {
  store = await openLedgerStore(":memory:");
  const view = story.view();
  const { number, hash, time } = view.block;
  await store.append(story.events, { number, hash, time, identity: IDENTITY });
  const statusEvents = (after: { block: number; logIndex: number }, limit: number) =>
    store.statusEvents(after, number, limit);
  app = await runHttpApp(serviceOver(primitives, view, { statusEvents }));
});
afterAll(async () => {
  await app.stop();
  await store.close();
});

async function statusOf(index: number, { plan, root } = batch): Promise<Json> {
  const path = `/v1/batches/${plan.agency.code}/${root}/certificates/${String(index)}`;
  return (await app.get(path)).json;
}

describe("batches", () => {
  it("are listed in the chain's order, of one agency, of one type, after a block", async () => {
    const rootsAt = async (query: string): Promise<string[]> => {
      const { json } = await app.get(`/v1/batches${query}`);
      return json.items.map(({ root }: Json) => root);
    };
    expect(await rootsAt("")).toEqual([batch.root, second.root]);
    expect(await rootsAt(`?agency=${HANGZHOU.code}`)).toEqual([second.root]);
    expect(await rootsAt(`?type=${MARRIAGE}`)).toHaveLength(2);
    expect(await rootsAt("?type=111000000000199087002")).toEqual([]);
    const { block } = (await app.get(`/v1/batches?agency=${SANYA.code}`)).json.items[0];
    expect(await rootsAt(`?since=${block}`)).toEqual([second.root]);
  });
});

describe("the status of a certificate", () => {
  it("is what is in force now, with every change before", async () => {
    const json = await statusOf(0);
    expect(json.status).toMatchObject({ name: "active", scope: null, effectiveFrom: null });
    expect(json.history).toMatchObject([
      { scope: "certificate", name: "suspended", recordedAt: "2026-01-02T00:00:00Z", reason: 7 },
      { scope: "certificate", name: "active", recordedAt: "2026-01-03T00:00:00Z" },
    ]);
    expect((await statusOf(1)).status).toMatchObject({ name: "revoked", scope: "certificate" });
  });

  it("is its batch's where that has one", async () => {
    expect(await statusOf(4, second)).toMatchObject({
      status: { name: "suspended", words: { zh: "暂扣、冻结" }, scope: "batch" },
      history: [{ scope: "batch" }],
    });
  });

  it("is not yet what takes effect later", async () => {
    expect(await statusOf(2)).toMatchObject({
      status: { name: "active" },
      history: [{ name: "revoked", effectiveFrom: "2026-04-12T00:00:00Z" }],
    });
  });

  it.each([
    ["past the batch's size", "/certificates/5", 404, "NOT_FOUND"],
    ["that is no number", "/certificates/x", 400, "PARAMETER_INVALID"],
    ["below zero", "/certificates/-1", 400, "PARAMETER_INVALID"],
  ])("is refused for an index %s", async (_, path, status, code) => {
    const reply = await app.get(`/v1/batches/${SANYA.code}/${batch.root}${path}`);
    expect(reply).toMatchObject({ status, json: { code } });
  });
});

describe("changes of statuses", () => {
  it("are listed in the chain's order, as they were recorded", async () => {
    const { json } = await app.get("/v1/statuses");
    expect(json).toMatchObject({ next: null, total: null });
    expect(json.items).toMatchObject([
      { root: batch.root, indices: [0], name: "suspended", by: AUTHORITY },
      { root: batch.root, indices: [1, 3], name: "revoked" },
      { root: batch.root, indices: [0], name: "active" },
      { root: second.root, indices: null, name: "suspended", agency: HANGZHOU.code },
      { root: batch.root, indices: [2], effectiveFrom: "2026-04-12T00:00:00Z" },
    ]);
  });

  it("come in pages of which each begins where the one before ended", async () => {
    const blocks: number[] = [];
    let next: string | null = "";
    while (next !== null) {
      const cursor: string = next === "" ? "" : `&cursor=${next}`;
      const { json } = await app.get(`/v1/statuses?limit=2${cursor}`);
      blocks.push(...json.items.map(({ block }: Json) => block));
      next = json.next;
    }
    const all = (await app.get("/v1/statuses")).json.items;
    expect(blocks).toEqual(all.map(({ block }: Json) => block));
  });

  it("are those after a block where one is named", async () => {
    const { items } = (await app.get("/v1/statuses")).json;
    const { json } = await app.get(`/v1/statuses?since=${items[2].block}`);
    expect(json.items).toEqual(items.slice(3));
  });

  it("are none of a block that the ledger state has not come to", async () => {
    expect(await store.statusEvents({ block: 0, logIndex: 0 }, 0, 10)).toEqual([]);
  });
});

describe("the history of an agency", () => {
  it("tells its statuses, its keys and who goes on with its work", async () => {
    const { json } = await app.get(`/v1/agencies/${SANYA.code}/history`);
    const told = json.changes.map(({ kind, about }: Json) => [kind, about]);
    expect(told).toEqual([
      ["AgencyRegistered", "active"],
      ["DocumentKeyAdded", SANYA_KEY_ID],
      ["AgencyStatusChanged", "suspended"],
      ["AgencyStatusChanged", "closed"],
      ["AgencySucceeded", HANGZHOU.code],
      ["DocumentKeyEnded", SANYA_KEY_ID],
      ["DocumentKeyDistrusted", SANYA_KEY_ID],
      ["DocumentKeyDistrustLifted", SANYA_KEY_ID],
    ]);
    const other = (await app.get(`/v1/agencies/${HANGZHOU.code}/history`)).json;
    expect(other.changes).toHaveLength(1);
  });

  it("is AGENCY_UNKNOWN where there is none", async () => {
    const reply = await app.get("/v1/agencies/11460200MB1234567Z/history");
    expect(reply).toMatchObject({ status: 404, json: { code: "AGENCY_UNKNOWN" } });
  });
});
