/** Receipts, the log of uses and the service's keys over HTTP: who gets what. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { compactVerify, createRemoteJWKSet } from "jose";
import { LoggedUses } from "../../src/app/uses/logged-uses.ts";
import { judgeNow } from "../../src/app/verify-presentation.ts";
import type { Given } from "../../src/core/verify/case.ts";
import { readGiven } from "../../src/core/verify/checks/format.ts";
import { primitives } from "../../src/main/system.ts";
import type { Client } from "../../src/ports/clients.ts";
import { accessOf, clientOf } from "../support/access.ts";
import { PUBLIC_HOST, SERVICE_KEYS, deskOver } from "../support/counter-desk.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import type { RunningApp } from "../support/http-app.ts";
import { HANGZHOU, NOW } from "../support/ledger-story.ts";
import { openServiceAt } from "../support/service-stores.ts";
import type { OpenedServiceStore } from "../support/service-stores.ts";
import { LEDGER, usesDeskOver } from "../support/uses.ts";
import { CHALLENGE, COUNTER, usualCase } from "../support/usual-case.ts";

const usual = usualCase(primitives);
const clients = {
  clerk: clientOf("counter", { id: "C-CLERK001", name: COUNTER }),
  other: clientOf("counter", { id: "C-OTHER001" }),
  auditor: clientOf("auditor", { id: "C-AUDITOR1" }),
  administrator: clientOf("administrator", { id: "C-ADMIN001" }),
};
const shown = usual.signed();
let service: OpenedServiceStore;
let app: RunningApp;
let uses: LoggedUses;

beforeAll(async () => {
  service = await openServiceAt(":memory:");
  const view = usual.story.view();
  uses = new LoggedUses({
    ...{ log: service.store.uses, primitives, keys: SERVICE_KEYS, publicHost: PUBLIC_HOST },
    ...{ ledger: LEDGER, clock: { now: () => NOW }, newStrandId: () => "3f6a0c21b9d4" },
  });
  const listed = { revision: 1, clients: Object.values(clients), credentials: [] };
  const desk = usesDeskOver(deskOver(primitives, view), {
    ...{ log: service.store.uses, clients: { read: () => Promise.resolve(listed) } },
  });
  app = await runHttpApp(serviceOver(primitives, view, { uses: desk, access: accessOf(clients) }));
});
afterAll(async () => {
  await app.stop();
  await service.store.close();
});

async function use(client: Client | null, given: Given = shown): Promise<string> {
  const question = { region: HANGZHOU.region, audience: COUNTER, nonce: CHALLENGE };
  const tools = { primitives, clock: { now: () => NOW }, maxLedgerAge: 3_600 };
  const judged = judgeNow(tools, usual.story.view(), readGiven(given), question);
  const caller = { client, address: "192.0.2.1" };
  const facts = {
    caller,
    judged,
    given,
    mode: "qr" as const,
    useCause: null,
    claims: ["birthDate"],
  };
  return (await uses.record(facts)).id;
}

const as = (who: string): RequestInit => ({ headers: { Authorization: `Bearer ${who}` } });

function query(body: object): Promise<any> {
  const headers = { "Content-Type": "application/json" };
  return app.get("/v1/uses/query", { method: "POST", headers, body: JSON.stringify(body) });
}

const codeFor = (audience: string): string => (usual.signed({ audience }) as { qr: string }).qr;

describe("GET /v1/receipts/{id}", () => {
  it("gives a client its receipt, which verifies with the keys of GET /v1/keys", async () => {
    const id = await use(clients.clerk);
    const { status, json } = await app.get(`/v1/receipts/${id}`, as("clerk"));
    expect(status).toBe(200);
    const jwks = createRemoteJWKSet(new URL(`${app.url}/v1/keys`));
    const { payload } = await compactVerify(json.receipt as string, jwks);
    expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({ jti: id });
    expect((await app.get(`/v1/receipts/${id}`, as("auditor"))).status).toBe(200);
  });

  it("gives it to nobody else, and does not say that it is there", async () => {
    const id = await use(clients.clerk);
    const another = await app.get(`/v1/receipts/${id}`, as("other"));
    expect(another).toMatchObject({ status: 404, json: { code: "NOT_FOUND" } });
    expect((await app.get("/v1/receipts/ffffffffffff-1", as("other"))).status).toBe(404);
    expect((await app.get(`/v1/receipts/${id}`, as("administrator"))).status).toBe(403);
    expect((await app.get(`/v1/receipts/${id}`)).status).toBe(401);
  });

  it("refuses what is no number of a receipt", async () => {
    const { status, json } = await app.get("/v1/receipts/hello", as("clerk"));
    expect({ status, code: json.code }).toEqual({ status: 400, code: "PARAMETER_INVALID" });
  });
});

describe("GET /v1/uses", () => {
  it("lists all for an auditor, of one client or a time, in pages", async () => {
    await use(clients.other);
    await use(null);
    const { json } = await app.get("/v1/uses?client=C-OTHER001&limit=1", as("auditor"));
    expect(json.items).toMatchObject([{ client: "C-OTHER001", claims: ["birthDate"] }]);
    const first = await app.get("/v1/uses?limit=1", as("auditor"));
    expect(first.json.items).toMatchObject([{ client: null }]);
    const next = encodeURIComponent(first.json.next as string);
    const second = await app.get(`/v1/uses?limit=1&cursor=${next}`, as("auditor"));
    expect(second.json.items).toMatchObject([{ client: "C-OTHER001" }]);
    const none = await app.get("/v1/uses?to=2020-01-01T00:00:00Z", as("auditor"));
    expect(none.json).toEqual({ items: [], next: null });
    const all = await app.get("/v1/uses?from=2026-04-11T00:00:00Z", as("auditor"));
    expect(all.json.items.length).toBeGreaterThan(2);
  });

  it("lists a counter its own, and no other's", async () => {
    const { json } = await app.get("/v1/uses", as("clerk"));
    expect(new Set(json.items.map((one: { client: string }) => one.client))).toEqual(
      new Set(["C-CLERK001"]),
    );
    expect((await app.get("/v1/uses?client=C-OTHER001", as("clerk"))).json.code).toBe("FORBIDDEN");
    expect((await app.get("/v1/uses")).status).toBe(401);
    expect((await app.get("/v1/uses", as("administrator"))).status).toBe(403);
  });

  it.each([
    "from=yesterday",
    "from=2026-13-45T00:00:00Z",
    "to=2026-99-01T00:00:00Z",
    "cursor=x",
    "limit=0",
  ])("refuses ?%s", async (search) => {
    const { json } = await app.get(`/v1/uses?${search}`, as("auditor"));
    expect(json.code).toBe("PARAMETER_INVALID");
  });
});

describe("POST /v1/uses/query", () => {
  it("tells the holder who looked, without any credential but the signed code", async () => {
    await use(clients.clerk);
    const presentation = codeFor(`uses@${PUBLIC_HOST}`);
    const { status, json } = await query({ presentation, limit: 1 });
    expect(status).toBe(200);
    expect(json.items).toMatchObject([{ client: { id: "C-CLERK001", name: COUNTER } }]);
    const more = await query({ presentation, limit: 1, cursor: json.next });
    expect(more.json.items[0].id).not.toBe(json.items[0].id);
    expect((await query({ presentation })).json.items.length).toBeGreaterThan(2);
  });

  it("tells nothing to whoever was shown the code at a counter", async () => {
    const { status, json } = await query({ presentation: codeFor(COUNTER) });
    expect({ status, code: json.code }).toEqual({ status: 403, code: "HOLDER_NOT_PROVEN" });
  });
});

describe("GET /v1/keys", () => {
  it("lists public halves alone", async () => {
    const { json } = await app.get("/v1/keys");
    const { x, y } = SERVICE_KEYS.publicKey;
    const kind = { kty: "EC", crv: "P-256", use: "sig", alg: "ES256" };
    expect(json).toEqual({ keys: [{ ...kind, kid: SERVICE_KEYS.keyId, x, y }] });
  });
});
