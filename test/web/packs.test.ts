/** Trust packs in a browser: fetched over real HTTP, checked against pinned keys, kept in IndexedDB. */
import "fake-indexeddb/auto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { TrustPacks } from "../../src/app/trust-pack.ts";
import type { HttpService } from "../../src/http/http-service.ts";
import type { LedgerView } from "../../src/core/verify/case.ts";
import { judgeInPage } from "../../src/web/judging/judge-in-page.ts";
import { openJudgingStore } from "../../src/web/judging/judging-store.ts";
import type { JudgingStore } from "../../src/web/judging/judging-store.ts";
import { PackJudge } from "../../src/web/judging/pack-judge.ts";
import { batchPack, keptPack, openSigned } from "../../src/web/judging/packs.ts";
import type { PackTools } from "../../src/web/judging/packs.ts";
import { SERVICE_KEYS, deskOver } from "../support/counter-desk.ts";
import { SIGNER, runHttpApp, serviceOver } from "../support/http-app.ts";
import type { RunningApp } from "../support/http-app.ts";
import { HANGZHOU, NOW } from "../support/ledger-story.ts";
import { seededKey } from "../support/seeded.ts";
import { usesDeskOver } from "../support/uses.ts";
import { KEYED, PLAIN, usualCase } from "../support/usual-case.ts";

const primitives = await loadPrimitives();
const usual = usualCase(primitives);
const batch = { agency: usual.batch.plan.agency.code, root: usual.batch.root };
const ALL = { region: null, type: null, batch: null };

let [now, isPlugged, isReplaced] = [NOW, true, false];
let app: RunningApp;
let store: JudgingStore;
let servers = 0;
const calls: string[] = [];

/** Another key, as of a service that is not the one that was met first. */
const other = seededKey("another service");
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
const otherKeys = {
  ...SERVICE_KEYS,
  keyId: "other",
  publicKey: { x: text(other.publicKey.x), y: text(other.publicKey.y) },
  sign: (bytes: Uint8Array) => other.sign(bytes),
};

beforeAll(async () => {
  store = await openJudgingStore();
  const view = (): LedgerView => usual.story.view(now);
  const clock = { now: () => now };
  const desk = deskOver(primitives, null, { clock, view });
  const [own, others] = [SERVICE_KEYS, otherKeys].map((keys) => usesDeskOver(desk, { keys }));
  const packs = new TrustPacks({ primitives, clock, keys: SIGNER });
  const otherPacks = new TrustPacks({ primitives, clock, keys: otherKeys });
  const uses = { keySet: () => (isReplaced ? others : own)?.keySet() };
  app = await runHttpApp({
    ...serviceOver(primitives, null, { desk, view, now: clock.now }),
    uses: uses as unknown as HttpService["uses"],
    packs: { give: (...order) => (isReplaced ? otherPacks : packs).give(...order) },
  });
});
afterAll(() => app.stop());
beforeEach(() => {
  [now, isPlugged, isReplaced] = [NOW, true, false];
  calls.length = 0;
  servers++;
});

/** A browser that has not met this service yet: what is pinned is pinned for a server's name. */
function tools(): PackTools & { store: JudgingStore["packs"] } {
  const server = `https://v${String(servers)}.example.gov.cn`;
  const send = async (url: string, init?: RequestInit): Promise<Response> => {
    if (!isPlugged) throw new TypeError("Failed to fetch");
    const path = url.replace(server, "");
    calls.push(path.split("?")[0] ?? "");
    return fetch(app.url + path, init);
  };
  return { server, store: store.packs, now: () => now, fetch: send as typeof fetch };
}

const judge = (): PackJudge => new PackJudge({ ...tools(), store });

describe("one batch's pack", () => {
  test("gives the verdict that the service gives, and again without a network", async () => {
    const held = await batchPack(tools(), batch);
    expect(held).toMatchObject({ source: "network", trouble: null, asOf: NOW });
    const verdict = await judgeInPage(usual.printed(), held?.view ?? null, PLAIN);
    expect(verdict.verdict).toBe("accepted");
    isPlugged = false;
    const kept = await batchPack(tools(), batch);
    expect(kept).toMatchObject({ source: "kept", trouble: { code: "SERVER_UNREACHABLE" } });
    expect(kept?.view.state.anchors.size).toBe(1);
  });

  test("is nothing where there is neither a network nor one kept", async () => {
    isPlugged = false;
    const unseen = { ...batch, root: `0x${"77".repeat(32)}` };
    expect(await batchPack(tools(), unseen)).toBeNull();
  });

  test("is forgotten first where many others were looked at since", async () => {
    await batchPack(tools(), batch);
    for (let i = 0; i < 64; i++) {
      const name = `batch ${batch.agency} 0x${String(i).padStart(64, "0")}`;
      await store.packs.keepPacks(name, { packs: [], keptAt: NOW + 1 + i });
    }
    expect(await keptPack(tools(), { ...ALL, batch })).toBeNull();
  });

  test("that the service can't give is its fault, told with its place", async () => {
    const broken = {
      ...tools(),
      fetch: () => Promise.resolve(new Response("no", { status: 500 })),
    };
    const unseen = { ...batch, root: `0x${"78".repeat(32)}` };
    await expect(batchPack(broken, unseen)).rejects.toMatchObject({ code: "SERVER_FAULT" });
  });
});

describe("a counter's pack", () => {
  test("comes whole once, then what is new, and is there when the tab is opened again", async () => {
    const first = judge();
    await first.open(HANGZHOU.region);
    expect(await first.refresh()).toMatchObject({ asOf: NOW, batches: 1, trouble: null });
    expect(calls).toEqual(["/v1/keys", "/v1/trust-pack", "/v1/trust-pack"]);
    now = NOW + 600;
    expect((await first.refresh()).asOf).toBe(NOW + 600);
    isPlugged = false;
    const again = judge();
    expect(await again.open(HANGZHOU.region)).toMatchObject({ asOf: NOW + 600, batches: 1 });
    expect(await again.refresh()).toMatchObject({
      asOf: NOW + 600,
      trouble: { code: "SERVER_UNREACHABLE" },
    });
  });

  test("knows what was revoked a moment ago, though whole packs are given out again for a minute", async () => {
    now = NOW + 1_000;
    await batchPack(tools(), batch);
    usual.story.setStatuses(usual.batch, [KEYED], 5);
    servers++;
    await store.packs.keepPacks(`batch ${batch.agency} ${batch.root}`, { packs: [], keptAt: 0 });
    const held = await batchPack(tools(), batch);
    const verdict = await judgeInPage(usual.signed(), held?.view ?? null, PLAIN);
    expect(verdict.checks.find(({ check }) => check === "status")).toMatchObject({
      code: "REVOKED",
    });
  });

  test("is not taken from a key that is not pinned, until somebody compared it", async () => {
    const counter = judge();
    await counter.open(null);
    const { keys } = await counter.refresh();
    expect(keys?.fingerprint).toMatch(/^(?:[0-9A-F]{4} ){7}[0-9A-F]{4}$/);
    isReplaced = true;
    now = NOW + 300;
    const refused = await counter.refresh();
    expect(refused).toMatchObject({ asOf: NOW, trouble: { code: "TRUST_PACK_INVALID" } });
    expect(refused.keys?.changed).toMatch(/^(?:[0-9A-F]{4} ){7}[0-9A-F]{4}$/);
    expect(refused.keys?.changed).not.toBe(keys?.fingerprint);
    const taken = await counter.trustKeys();
    expect(taken).toMatchObject({ asOf: NOW + 300, trouble: null });
    expect(taken.keys).toEqual({ fingerprint: refused.keys?.changed, changed: null });
  });

  test("of a stranger's service is not taken at the first visit after eviction either", async () => {
    await judge().open("460000");
    const counter = judge();
    await counter.open("460000");
    await counter.refresh();
    isReplaced = true;
    const elsewhere = judge();
    await elsewhere.open("110000");
    const state = await elsewhere.refresh();
    expect(state).toMatchObject({ asOf: null, trouble: { code: "TRUST_PACK_INVALID" } });
    expect(state.keys?.changed).not.toBeNull();
  });

  test("that was altered on the disk is fetched again", async () => {
    const counter = judge();
    await counter.open("120000");
    await counter.refresh();
    const name = "region 120000 type all";
    const kept = await store.packs.packs(name);
    const [whole = new Uint8Array()] = kept?.packs ?? [];
    const altered = Uint8Array.from(whole);
    altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
    await store.packs.keepPacks(name, { packs: [altered], keptAt: NOW });
    const again = judge();
    expect((await again.open("120000")).asOf).toBeNull();
    expect((await again.refresh()).asOf).toBe(NOW);
  });

  test("without any key known is nobody's", async () => {
    await expect(openSigned(new Uint8Array(), [])).rejects.toMatchObject({
      code: "TRUST_PACK_INVALID",
    });
  });
});
