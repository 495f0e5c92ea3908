import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import type { RunningApp } from "../support/http-app.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import {
  HANGZHOU,
  MARRIAGE,
  NOW,
  SANYA,
  SANYA_KEY_ID,
  T0,
  UNENTITLED_TYPE,
} from "../support/ledger-story.ts";
import { usualCase } from "../support/usual-case.ts";

const primitives = await loadPrimitives();
const usual = usualCase(primitives);
const { story, batch } = usual;
const batchPath = `/v1/batches/${SANYA.code}/${batch.root}`;

story
  .addRule({ recognised: "330000", recognising: "460200", type: null, effect: "deny" })
  .addRule({ recognised: "0", recognising: "310000", group: "长三角" })
  .tell({ kind: "GroupDefined", group: "长三角", regions: ["310000", "320000", "330000"] })
  .addRule({ recognised: "0", recognising: "310000", group: "无人定义" })
  .at(T0 + 5)
  .tell({ kind: "RuleEnded", ruleId: 2 })
  .tell({ kind: "TypeRetired", type: UNENTITLED_TYPE })
  .tell({
    kind: "EntitlementGranted",
    agency: HANGZHOU.code,
    type: MARRIAGE,
    assurance: 2,
    validFrom: T0,
    validUntil: T0 + 60,
  })
  .tell({ kind: "DocumentKeyDistrusted", agency: SANYA.code, keyId: SANYA_KEY_ID })
  .tell({
    kind: "AgencySucceeded",
    agency: HANGZHOU.code,
    successor: SANYA.code,
    effectiveFrom: T0,
  });

let app: RunningApp;
beforeAll(async () => {
  app = await runHttpApp(serviceOver(primitives, story.view(NOW - 7)));
});
afterAll(() => app.stop());

async function codesAt(path: string): Promise<unknown[]> {
  const { json } = await app.get(path);
  return json.items.map((item: Record<string, unknown>) => item["code"] ?? item["ruleId"]);
}

describe("agencies", () => {
  it("are listed with what they may issue, and with the place and age of the view", async () => {
    const { status, json } = await app.get("/v1/agencies");
    expect(status).toBe(200);
    expect(json).toMatchObject({ total: 2, limit: 100, next: null, ledger: { ageSeconds: 7 } });
    expect(json.items[0]).toMatchObject({
      code: SANYA.code,
      name: SANYA.name,
      region: "460200",
      status: "active",
      regionName: { zh: "海南省（460200）" },
      statusSince: "2025-01-01T00:00:00Z",
      entitlements: [{ type: MARRIAGE, assurance: 4, validUntil: null }],
      successor: null,
      documentKeys: [{ keyId: SANYA_KEY_ID, algorithm: "P-256", isDistrusted: true }],
    });
  });

  it.each([
    ["0", [SANYA.code, HANGZHOU.code]],
    ["460000", [SANYA.code]],
    ["460200", [SANYA.code]],
    ["460201", []],
    ["330000", [HANGZHOU.code]],
    ["110000", []],
  ])("are listed for region %s and those below it", async (region, codes) => {
    expect(await codesAt(`/v1/agencies?region=${region}`)).toEqual(codes);
  });

  it("are shown one by one", async () => {
    const { json } = await app.get(`/v1/agencies/${HANGZHOU.code}`);
    expect(json).toMatchObject({
      code: HANGZHOU.code,
      status: "closed",
      successor: SANYA.code,
      documentKeys: [],
      entitlements: [{ validUntil: "2026-01-01T00:01:00Z", assurance: 2 }],
    });
  });

  it("are AGENCY_UNKNOWN where the chain has none of that code", async () => {
    const reply = await app.get("/v1/agencies/11460200MB1234567Z");
    expect(reply.status).toBe(404);
    expect(reply.json).toMatchObject({
      code: "AGENCY_UNKNOWN",
      detail: "path.code: 11460200MB1234567Z",
    });
  });
});

describe("pages", () => {
  it("hold no more than was asked for, say how many there are, and where the next begins", async () => {
    const { json } = await app.get("/v1/agencies?limit=1");
    expect(json).toMatchObject({ total: 2, limit: 1, items: [{ code: SANYA.code }] });
    const rest = (await app.get(`/v1/agencies?limit=1&cursor=${json.next}`)).json;
    expect(rest).toMatchObject({ total: 2, next: null, items: [{ code: HANGZHOU.code }] });
  });

  it("miss nothing and repeat nothing while the chain grows between them", async () => {
    const grown = usualCase(primitives);
    const growing = await runHttpApp(serviceOver(primitives, grown.story.view()));
    const { next } = (await growing.get("/v1/agencies?limit=1")).json;
    grown.story.tell({
      kind: "AgencyRegistered",
      agency: "11310000MB1A00001C",
      region: "310000",
      name: "上海市民政局",
      effectiveFrom: T0,
    });
    const { json } = await growing.get(`/v1/agencies?cursor=${next}`);
    await growing.stop();
    const codes = json.items.map(({ code }: { code: string }) => code);
    expect(codes).toEqual([HANGZHOU.code, "11310000MB1A00001C"]);
  });

  it("go by what is asked for, not by what is there", async () => {
    const { json } = await app.get("/v1/recognition-rules?recognised=330000&limit=1");
    expect(json).toMatchObject({ total: 2, items: [{ ruleId: 2 }] });
    const path = `/v1/recognition-rules?recognised=330000&limit=1&cursor=${json.next}`;
    expect((await app.get(path)).json).toMatchObject({ next: null, items: [{ ruleId: 3 }] });
  });

  it.each([
    ["of another list", "/v1/types", "YWdlbmNpZXMvMQ"],
    ["that is no base64url", "/v1/agencies", "a"],
    ["without a number", "/v1/agencies", "YWdlbmNpZXM"],
    ["with words for a number", "/v1/agencies", "YWdlbmNpZXMveHl6"],
    ["with one number of two", "/v1/statuses", "c3RhdHVzZXMvMQ"],
  ])("are refused for a cursor %s", async (_, path, cursor) => {
    const reply = await app.get(`${path}?cursor=${cursor}`);
    expect(reply.status).toBe(400);
    expect(reply.json.detail).toBe("query.cursor: not the `next` of a page of this list");
  });

  it.each([
    ["limit=0", /^query\.limit: must be >= 1/],
    ["limit=1001", /^query\.limit: must be <= 1000/],
    ["limit=many", /^query\.limit: must be integer/],
    ["limit=", /^query\.limit: must be integer/],
    ["limit=1.5", /^query\.limit: must be integer/],
    ["limit=1&limit=2", /^query\.limit: must be integer/],
    ["cursor=", /^query\.cursor: must NOT have fewer than 1/],
    ["offset=1", /^query: unknown member "offset"/],
    ["region=46", /^query\.region: expected: GB\/T 2260/],
    ["page=2", /^query: unknown member "page"/],
    ["code=1&__proto__=2", /^query: unknown member "code", "__proto__"/],
  ])("are refused for %s, with the place", async (query, detail) => {
    const reply = await app.get(`/v1/agencies?${query}`);
    expect(reply.status).toBe(400);
    expect(reply.json.detail).toMatch(detail);
  });
});

describe("certificate types", () => {
  it("are listed with every version of their schema", async () => {
    const { json } = await app.get("/v1/types");
    expect(json.items).toMatchObject([
      { code: MARRIAGE, region: "0", isRetired: false, versions: [{ version: 1 }] },
      { code: UNENTITLED_TYPE, isRetired: true },
    ]);
    expect(json.items[0].versions[0]).toMatchObject({
      name: { zh: "结婚证", en: "Marriage certificate" },
      alwaysDisclosed: ["holderName"],
      validity: "from=registrationDate",
      effectiveFrom: "2025-01-01T00:00:00Z",
    });
  });
});

describe("recognition rules", () => {
  it("are listed, also those ended, with their dates", async () => {
    const { json } = await app.get("/v1/recognition-rules");
    expect(json.total).toBe(4);
    expect(json.items[0]).toMatchObject({ ruleId: 1, generation: 0, endedAt: null });
    expect(json.items[1]).toMatchObject({ ruleId: 2, endedAt: "2026-01-01T00:00:05Z" });
  });

  it.each([
    ["recognising=330000", [1]],
    ["recognising=460000", [2]],
    ["recognising=0", [1, 2, 3, 4]],
    ["recognised=460000", [1]],
    ["recognised=330000", [2, 3]],
    ["recognised=0", [1, 2, 3, 4]],
    [`type=${MARRIAGE}`, [1, 3, 4]],
    [`type=${UNENTITLED_TYPE}`, []],
    ["recognising=310000&recognised=320000", [3]],
  ])("are listed for %s", async (query, ids) => {
    expect(await codesAt(`/v1/recognition-rules?${query}`)).toEqual(ids);
  });

  it("are refused for a type that is not written as one", async () => {
    const reply = await app.get("/v1/recognition-rules?type=marriage");
    expect(reply.json.detail).toMatch(/^query\.type: expected: certificate type code/);
  });
});

describe("a batch", () => {
  it("is shown as the chain recorded it", async () => {
    const { json } = await app.get(batchPath);
    expect(json).toMatchObject({
      agency: SANYA.code,
      root: batch.root,
      type: MARRIAGE,
      size: 5,
      suite: "keccak256",
      sequence: 1,
      operator: SANYA.operator,
      assurance: 4,
      isDistrusted: false,
      anchoredAt: "2026-01-01T00:00:00Z",
      status: { name: "active", effectiveFrom: null, recordedAt: null, reason: null },
      certificates: { active: 5, suspended: 0, revoked: 0, other: 0 },
    });
  });

  it("tells how many certificates have which status, by what was recorded last", async () => {
    const changed = usualCase(primitives);
    changed.story.setStatus(changed.batch, 0, 1).setStatus(changed.batch, 0, 0);
    changed.story.setStatus(changed.batch, 1, 5).setStatus(changed.batch, 2, 9);
    changed.story.setStatus(changed.batch, null, 1, NOW + 5);
    const other = await runHttpApp(serviceOver(primitives, changed.story.view()));
    const { json } = await other.get(`/v1/batches/${SANYA.code}/${changed.batch.root}`);
    await other.stop();
    expect(json.certificates).toMatchObject({ active: 3, suspended: 0, revoked: 1, other: 1 });
    expect(json.status).toMatchObject({
      name: "suspended",
      words: { zh: "暂扣、冻结" },
      reason: 7,
    });
  });

  it("is NOT_FOUND under another agency", async () => {
    const reply = await app.get(`/v1/batches/${HANGZHOU.code}/${batch.root}`);
    expect(reply.status).toBe(404);
    expect(reply.json.code).toBe("NOT_FOUND");
  });

  it.each([
    ["a short root", "/0x12", /^path\.root: expected: Merkle root/],
    ["a root in capitals", `/0x${"AB".repeat(32)}`, /^path\.root: /],
    ["half an escape", "/%E4%B8", /^path\.root: /],
  ])("is refused for %s", async (_, root, detail) => {
    const reply = await app.get(`/v1/batches/${SANYA.code}${root}`);
    expect(reply.status).toBe(400);
    expect(reply.json.detail).toMatch(detail);
  });
});

describe("a verifier that never reached the chain", () => {
  it.each([
    "/v1/agencies",
    `/v1/agencies/${SANYA.code}`,
    "/v1/types",
    "/v1/recognition-rules",
    "/v1/batches",
    batchPath,
    `${batchPath}/certificates/0`,
    "/v1/statuses",
    `/v1/agencies/${SANYA.code}/history`,
  ])("says NOT_READY, not an empty answer, for %s", async (path) => {
    const status = () => ({ lastProblem: "RPC_UNREACHABLE" as const });
    const blind = await runHttpApp(serviceOver(primitives, null, { status }));
    const reply = await blind.get(path);
    await blind.stop();
    expect(reply.status).toBe(503);
    expect(reply.headers.get("retry-after")).toBe("5");
    expect(reply.json).toMatchObject({
      code: "NOT_READY",
      ageSeconds: null,
      lastProblem: "RPC_UNREACHABLE",
      detail: "the chain has not been reached yet; last problem RPC_UNREACHABLE",
    });
  });
});
