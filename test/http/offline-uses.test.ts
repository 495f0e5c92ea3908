/** What a counter verified without a network arrives in the log of uses once, whoever loses which answer. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { LoggedUses } from "../../src/app/uses/logged-uses.ts";
import type { OfflineUse } from "../../src/app/uses/offline-use.ts";
import { certificatePseudonym } from "../../src/app/uses/use-of.ts";
import { fromHex, toHex } from "../../src/core/encoding/bytes.ts";
import { formatInstant } from "../../src/core/encoding/instant.ts";
import { primitives } from "../../src/main/system.ts";
import { accessOf, clientOf } from "../support/access.ts";
import { CAUSE, PUBLIC_HOST, SERVICE_KEYS, deskOver } from "../support/counter-desk.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import type { Reply, RunningApp } from "../support/http-app.ts";
import { HANGZHOU, NOW } from "../support/ledger-story.ts";
import { openServiceAt } from "../support/service-stores.ts";
import type { OpenedServiceStore } from "../support/service-stores.ts";
import { LEDGER, usesDeskOver } from "../support/uses.ts";
import { COUNTER, usualCase } from "../support/usual-case.ts";

const usual = usualCase(primitives);
const { agency, root, index } = { ...usual.batch, agency: usual.batch.plan.agency.code, index: 3 };
const clients = {
  clerk: clientOf("counter", { id: "C-CLERK001", name: COUNTER, region: HANGZHOU.region }),
  other: clientOf("counter", { id: "C-OTHER001", region: null }),
  auditor: clientOf("auditor", { id: "C-AUDITOR1", region: null }),
};
let service: OpenedServiceStore;
let app: RunningApp;

beforeAll(async () => {
  service = await openServiceAt(":memory:");
  const recorder = new LoggedUses({
    ...{ log: service.store.uses, primitives, keys: SERVICE_KEYS, publicHost: PUBLIC_HOST },
    ...{ ledger: LEDGER, clock: { now: () => NOW }, newStrandId: () => "3f6a0c21b9d4" },
  });
  const view = usual.story.view();
  const uses = usesDeskOver(deskOver(primitives, view), { log: service.store.uses, recorder });
  app = await runHttpApp(serviceOver(primitives, view, { uses, access: accessOf(clients) }));
});
afterAll(async () => {
  await app.stop();
  await service.store.close();
});

function offlineUse(changes: Partial<OfflineUse> = {}): OfflineUse {
  return {
    at: formatInstant(NOW - 3_600),
    certificate: { agency, root, index },
    shown: "7b".repeat(32),
    useCause: CAUSE,
    isByDelegate: false,
    claims: ["holderName"],
    question: {
      ...{ region: HANGZHOU.region, purpose: "婚姻登记信息查询", serviceItem: "330100-MZ-001" },
      ...{ requiresHolder: true, requiredClaims: [], isReplayed: false, maxLedgerAge: 86_400 },
    },
    results: "pppppppppp",
    codes: [],
    position: {
      ...{ block: 7, blockHash: `0x${"05".repeat(32)}` },
      ...{ asOf: formatInstant(NOW - 7_200), isPending: false },
    },
    ...changes,
  };
}

function tell(uses: readonly OfflineUse[], who = "clerk"): Promise<Reply> {
  const headers = { Authorization: `Bearer ${who}`, "Content-Type": "application/json" };
  return app.get("/v1/uses", { method: "POST", headers, body: JSON.stringify({ uses }) });
}

async function kept(who = "clerk"): Promise<any[]> {
  const headers = { Authorization: `Bearer ${who}` };
  return (await app.get("/v1/uses", { headers })).json.items;
}

describe("POST /v1/uses", () => {
  it("keeps what was verified then as mode offline, under the pseudonyms of the service", async () => {
    const { status, json } = await tell([offlineUse()]);
    expect({ status, receipts: json.receipts }).toMatchObject({
      status: 200,
      receipts: [{ id: "3f6a0c21b9d4-1", number: 1 }],
    });
    const [use] = await kept();
    const bytes = fromHex(root.slice(2)) as Uint8Array;
    expect(use).toMatchObject({
      ...{ id: "3f6a0c21b9d4-1", mode: "offline", at: formatInstant(NOW - 3_600) },
      ...{ client: "C-CLERK001", verdict: "accepted", isHolderProven: true },
      certificate: toHex(certificatePseudonym(SERVICE_KEYS, { agency, root: bytes, index })),
      question: { audience: COUNTER, serviceItem: "330100-MZ-001", nonce: null },
    });
    expect(JSON.stringify(use)).not.toContain(CAUSE);
  });

  it("keeps each once, however often and in whatever company it is told", async () => {
    const [first, second] = [offlineUse({ at: formatInstant(NOW - 60) }), offlineUse()];
    const before = (await kept()).length;
    const answers = await Promise.all([tell([first, second]), tell([first]), tell([first, first])]);
    const ids = answers.flatMap(({ json }) => json.receipts.map(({ id }: { id: string }) => id));
    expect(new Set(ids).size).toBe(2);
    expect(await kept()).toHaveLength(before + 1);
  });

  it("tells one counter's use from another's", async () => {
    const question = { ...offlineUse().question, region: null };
    expect((await tell([offlineUse({ question })], "other")).status).toBe(200);
    expect(await kept("other")).toHaveLength(1);
  });

  it("concludes the verdict from the checks, and finds no certificate that was not proven", async () => {
    const refused = { results: "pfpbbbpbpp", codes: ["ROOT_MISMATCH"] as const };
    await tell([offlineUse({ ...refused, at: formatInstant(NOW - 10) })]);
    const [use] = await kept();
    expect(use).toMatchObject({ verdict: "rejected", certificate: null, codes: ["ROOT_MISMATCH"] });
    const unsure = { results: "ppupuuuppp", codes: Array(4).fill("CHAIN_STALE") };
    const none = { certificate: null, shown: null, useCause: null, position: null };
    await tell([offlineUse({ ...unsure, ...none, at: formatInstant(NOW - 5) })]);
    expect((await kept())[0]).toMatchObject({
      verdict: "indeterminate",
      position: null,
      cause: null,
    });
  });

  it.each([
    ["a time to come", { at: formatInstant(NOW + 3_600) }, "BODY_MALFORMED"],
    ["a time too long ago", { at: formatInstant(NOW - 91 * 86_400) }, "BODY_MALFORMED"],
    ["a code for no check", { codes: ["REVOKED"] as const }, "BODY_MALFORMED"],
    ["a check that there is not", { results: "pppp" }, "BODY_MALFORMED"],
    [
      "another region's counter",
      { question: { ...offlineUse().question, region: "460000" } },
      "COUNTER_MISMATCH",
    ],
  ])("refuses the whole call for %s, with nothing kept", async (_, changes, code) => {
    const before = (await kept()).length;
    const good = offlineUse({ at: formatInstant(NOW - 1) });
    const { json } = await tell([good, offlineUse(changes)]);
    expect(json.code).toBe(code);
    expect(await kept()).toHaveLength(before);
  });

  it("is for counters alone", async () => {
    expect((await tell([offlineUse()], "auditor")).json.code).toBe("FORBIDDEN");
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify({ uses: [offlineUse()] });
    expect((await app.get("/v1/uses", { method: "POST", headers, body })).status).toBe(401);
  });
});

describe("GET /v1/client", () => {
  it("tells a client who it is, and nobody without a credential", async () => {
    const { json } = await app.get("/v1/client", { headers: { Authorization: "Bearer clerk" } });
    expect(json).toEqual({
      ...{ id: "C-CLERK001", name: COUNTER, role: "counter" },
      ...{ region: HANGZHOU.region, serviceItems: null },
    });
    expect((await app.get("/v1/client")).status).toBe(401);
  });
});
