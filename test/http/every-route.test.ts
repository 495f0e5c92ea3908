/** Every route of the service, called as it should be: answered, as documented, with the headers that guard it. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { randomUUID } from "node:crypto";
import { LoggedUses } from "../../src/app/uses/logged-uses.ts";
import { presentCertificate } from "../../src/app/present-certificate.ts";
import { certificateToJson } from "../../src/core/certificate/certificate-file.ts";
import { fromHex } from "../../src/core/encoding/bytes.ts";
import { formatInstant } from "../../src/core/encoding/instant.ts";
import { toQrText } from "../../src/core/presentation/qr-text.ts";
import { ServiceItems } from "../../src/core/service-items/service-item.ts";
import type { HttpService } from "../../src/http/http-service.ts";
import { ROUTES } from "../../src/http/routes.ts";
import { primitives } from "../../src/main/system.ts";
import { accessOf } from "../support/access.ts";
import {
  CAUSE,
  ITEM,
  PUBLIC_HOST,
  SERVICE_KEYS,
  counterOf,
  deskOver,
} from "../support/counter-desk.ts";
import type { Json, Reply, RunningApp } from "../support/http-app.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import { HANGZHOU, MARRIAGE, NOW, SANYA } from "../support/ledger-story.ts";
import { openServiceAt } from "../support/service-stores.ts";
import type { OpenedServiceStore } from "../support/service-stores.ts";
import { LEDGER, usesDeskOver } from "../support/uses.ts";
import { COUNTER, holder, usualCase } from "../support/usual-case.ts";

const usual = usualCase(primitives);
const { root } = usual.batch;
const clerk = counterOf();
const certificate = certificateToJson(usual.bearer);
const signed = (audience = COUNTER): string => (usual.signed({ audience }) as { qr: string }).qr;
const verification = { certificate, useCause: CAUSE, purpose: ITEM.code };
const request = { purpose: ITEM.code, useCause: CAUSE, type: MARRIAGE, claims: ["birthDate"] };

let kept: OpenedServiceStore;
let app: RunningApp;
beforeAll(async () => {
  kept = await openServiceAt(":memory:");
  app = await runHttpApp(serviceWith(kept));
});
afterAll(async () => {
  await app.stop();
  await kept.store.close();
});

/** The whole service, over a story that stands still, with a log of uses. */
function serviceWith({ store }: OpenedServiceStore): HttpService {
  const clock = { now: () => NOW };
  const log = store.uses;
  const view = usual.story.view();
  const recorder = new LoggedUses({
    ...{ log, primitives, keys: SERVICE_KEYS, publicHost: PUBLIC_HOST },
    ...{ ledger: LEDGER, clock, newStrandId: () => "3f6a0c21b9d4" },
  });
  const { requests, held } = store;
  const items = new ServiceItems([ITEM]);
  const desk = deskOver(primitives, view, { uses: recorder, requests, held, items });
  const listed = { revision: 1, clients: [clerk], credentials: [] };
  const clients = { read: () => Promise.resolve(listed) };
  return serviceOver(primitives, view, {
    desk,
    uses: usesDeskOver(desk, { log, recorder, clients }),
    access: accessOf({ clerk }),
    pages: { files: new Map(), endpoints: [], help: null, host: PUBLIC_HOST },
  });
}

const get = (path: string): Promise<Reply> => app.get(path);
const getAsClerk = (path: string): Promise<Reply> =>
  app.get(path, { headers: { Authorization: "Bearer clerk" } });

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> {
  const sent = { "Content-Type": "application/json", Authorization: "Bearer clerk", ...headers };
  return app.get(path, { method: "POST", headers: sent, body: JSON.stringify(body) });
}

const make = async (): Promise<Json> => (await post("/v1/presentation-requests", request)).json;

async function answered(): Promise<Reply> {
  const { id } = await make();
  const path = `/v1/presentation-requests/${id as string}`;
  const { audience, nonce, claims } = (await get(path)).json;
  const presented = presentCertificate(primitives, {
    ...{ certificate: usual.keyed, holderKey: holder, audience, now: NOW, lifetime: 60 },
    disclose: claims.map(({ name }: Json) => name),
    nonce: fromHex(nonce) as Uint8Array,
  });
  return post(`${path}/presentation`, { presentation: toQrText(presented) });
}

async function taken(): Promise<Reply> {
  const { text } = (await post("/v1/references", { presentation: signed() })).json;
  return post("/v1/references/taking", { token: String(text).split("/")[1] });
}

async function receipt(): Promise<Reply> {
  const { id } = (await post("/v1/verifications", verification)).json.receipt;
  return getAsClerk(`/v1/receipts/${id as string}`);
}

const offline = {
  at: formatInstant(NOW - 3_600),
  certificate: { agency: SANYA.code, root, index: 3 },
  ...{ shown: "7b".repeat(32), useCause: CAUSE, isByDelegate: false, claims: ["holderName"] },
  question: {
    ...{ region: HANGZHOU.region, purpose: ITEM.names.zh, serviceItem: ITEM.code },
    ...{ requiresHolder: true, requiredClaims: [], isReplayed: false, maxLedgerAge: 86_400 },
  },
  ...{ results: "pppppppppp", codes: [] },
  position: {
    ...{ block: 7, blockHash: `0x${"05".repeat(32)}` },
    ...{ asOf: formatInstant(NOW - 7_200), isPending: false },
  },
};

const head = { accessId: clerk.id, accessToken: "clerk" };
const batch = `/v1/batches/${SANYA.code}/${root}`;

/** How each is called, by the name that the API gives it. */
const CALLS: Readonly<Record<string, () => Promise<Reply>>> = {
  createVerification: () => post("/v1/verifications", verification),
  createVerificationBatch: () => post("/v1/verifications/batch", { items: [verification] }),
  createPresentationRequest: () =>
    post("/v1/presentation-requests", request, { "Idempotency-Key": randomUUID() }),
  findPresentationRequest: async () =>
    get(`/v1/presentation-requests?code=${(await make()).code as string}`),
  showPresentationRequest: async () =>
    get(`/v1/presentation-requests/${(await make()).id as string}`),
  answerPresentationRequest: answered,
  createReference: () => post("/v1/references", { presentation: signed() }),
  takeReferred: taken,
  listServiceItems: () => get("/v1/service-items"),
  showReceipt: receipt,
  listUses: () => getAsClerk("/v1/uses"),
  keepOfflineUses: () => post("/v1/uses", { uses: [offline] }),
  showOwnClient: () => getAsClerk("/v1/client"),
  queryUses: () => post("/v1/uses/query", { presentation: signed(`uses@${PUBLIC_HOST}`) }),
  callGbt36906: () =>
    post("/gbt36906/verifyCertInfo", { head, data: { certData: certificate, useCause: CAUSE } }),
  listAgencies: () => get("/v1/agencies"),
  showAgency: () => get(`/v1/agencies/${SANYA.code}`),
  showAgencyHistory: () => get(`/v1/agencies/${SANYA.code}/history`),
  listTypes: () => get("/v1/types"),
  showTypeRecognition: () => get(`/v1/types/${MARRIAGE}/recognition`),
  listBatches: () => get("/v1/batches"),
  showBatch: () => get(batch),
  showCertificateStatus: () => get(`${batch}/certificates/3`),
  listStatuses: () => get("/v1/statuses"),
  listRecognitionRules: () => get("/v1/recognition-rules"),
  showOverview: () => get("/v1/overview"),
  fetchTrustPack: () => get("/v1/trust-pack"),
  showKeys: () => get("/v1/keys"),
  showPages: () => get("/v1/pages"),
  tellHealth: () => get("/healthz"),
  tellReadiness: () => get("/readyz"),
  showDocument: () => get("/openapi.json"),
  listErrors: () => get("/errors"),
  showError: () => get("/errors/NOT_READY"),
};

const GUARDS = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000; includeSubDomains",
  "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
};

describe("every route of the service", () => {
  it("is called here", () => {
    const offered = ROUTES.map(({ operationId }) => operationId);
    expect(Object.keys(CALLS).toSorted()).toEqual(offered.toSorted());
  });

  it.each(ROUTES.map(({ operationId, ...route }) => [operationId, route] as const))(
    "%s: answers 200, as documented, with the headers that guard it",
    async (operationId, { answer, caching }) => {
      const reply = await CALLS[operationId]?.();
      expect([reply?.status, reply?.status === 200 ? "" : reply?.text]).toEqual([200, ""]);
      const headers = Object.fromEntries(reply?.headers ?? []);
      expect(headers).toMatchObject(GUARDS);
      expect(headers["content-type"]).toContain(answer.mediaType ?? "application/json");
      const kept = { "cache-control": "no-cache", etag: expect.stringMatching(/^W\/"/) };
      expect(headers).toMatchObject(caching === undefined ? { "cache-control": "no-store" } : kept);
      expect(app.faults).toEqual([]);
    },
  );
});
