import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { certificateToJson } from "../../src/core/certificate/certificate-file.ts";
import type { CounterAnswer } from "../../src/app/counter/counter-answer.ts";
import type { ClaimDefinition } from "../../src/core/catalogue/certificate-type.ts";
import { beijingDayEnd, beijingDayStart } from "../../src/core/identifiers/calendar-date.ts";
import type { TypeCode } from "../../src/core/identifiers/type-code.ts";
import { Problem } from "../../src/core/problem.ts";
import { ServiceItems } from "../../src/core/service-items/service-item.ts";
import { ClaimDefinitions } from "../../src/core/service-items/tell-claims.ts";
import { elementsOf } from "../../src/http/gbt36906/elements.ts";
import { answerExamples } from "../../src/http/openapi/examples.ts";
import type { HttpService } from "../../src/http/http-service.ts";
import { accessOf } from "../support/access.ts";
import { certificateAt, issueBatch } from "../support/certificate-batch.ts";
import { CAUSE, ITEM, PUBLIC_HOST, counterOf, deskOver } from "../support/counter-desk.ts";
import type { Json, Reply, RunningApp } from "../support/http-app.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import { MARRIAGE, NOW, T0, YEAR } from "../support/ledger-story.ts";
import { usualCase } from "../support/usual-case.ts";

const primitives = await loadPrimitives();
const { story, batch, bearer, printed, signed } = usualCase(primitives);
const later = issueBatch(primitives, { seed: "later", notBefore: NOW + 60 });
const ended = issueBatch(primitives, { seed: "ended", notBefore: T0 - YEAR, notAfter: T0 });
const unknown = issueBatch(primitives, { seed: "unknown" });
story.anchor(later).anchor(ended).setStatus(batch, 0, 1).setStatus(batch, 2, 5);

const head = { accessId: counterOf().id, accessToken: "counter" };
let app: RunningApp;
beforeAll(async () => {
  const access = accessOf({
    counter: counterOf(),
    elsewhere: counterOf({ id: "C-ELSE0001", region: "440300" }),
  });
  app = await runHttpApp(serviceOver(primitives, story.view(), { access }));
});
afterAll(() => app.stop());

async function call(name: string, data: object | undefined, who: object = head): Promise<Json> {
  const reply = await app.get(`/gbt36906/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ head: who, data }),
  });
  expect(reply.status).toBe(200);
  return reply.json;
}

const fileOf = (issued: typeof batch, index: number): object =>
  certificateToJson(certificateAt(issued, index));

function verified(certData: unknown): Promise<Json> {
  return call("verifyCertInfo", { certData, useCause: CAUSE });
}

describe("verifyCertInfo", () => {
  const altered = structuredClone(fileOf(batch, 3)) as Json;
  altered.claims[0].value = "1991-01-01";

  it.each([
    [0, "a good certificate", fileOf(batch, 3)],
    [1, "one that is not valid yet", fileOf(later, 0)],
    [2, "one that is suspended", fileOf(batch, 0)],
    [3, "one that was revoked", fileOf(batch, 2)],
    [3, "one that has expired", fileOf(ended, 0)],
    [5, "one that nobody anchored", fileOf(unknown, 0)],
    [6, "nothing", undefined],
    [6, "an empty text", ""],
    [7, "one that was altered", altered],
    [7, "something else", { hello: "world" }],
  ])("gives result %d for %s", async (result, _, certData) => {
    const { head: ended, data } = await verified(certData);
    expect(ended.status).toBe(0);
    expect(data.result).toBe(result);
    expect(data.message).toMatch(/\p{Script=Han}/u);
  });

  it("gives result 4 where the ledger is too old to tell", async () => {
    const access = accessOf({ counter: counterOf() });
    const old = await runHttpApp(serviceOver(primitives, story.view(NOW - 3600), { access }));
    const reply = await old.get("/gbt36906/verifyCertInfo", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ head, data: { certData: fileOf(batch, 3), useCause: CAUSE } }),
    });
    await old.stop();
    expect(reply.json.data.result).toBe(4);
  });

  it("tells what is known of the certificate, its claims as the caller may see them", async () => {
    const { data } = await verified(JSON.stringify(fileOf(batch, 3)));
    expect(data).toMatchObject({
      ZZMC: "结婚证",
      ZZBFJG: "三亚市民政局",
      ZZYXQQSRQ: "2026-01-01",
      claims: { holderName: "王小明3" },
      receipt: expect.stringMatching(/^R-\d+$/),
    });
  });
});

describe("the elements of GB/T 36903", () => {
  const element = (name: string, sourceName?: string): ClaimDefinition => {
    const words = { zh: name, en: name, sensitivity: "public", mask: "none" } as const;
    return { name, ...words, ...(sourceName !== undefined && { sourceName }) };
  };
  const claims = [
    ...[element("registryNumber", "ZZBH"), element("birthDate"), element("children", "CZZT")],
    { ...element("owners", "CZZTDM"), parts: [element("code"), element("share")] },
  ];
  const definitions = new ClaimDefinitions([{ code: MARRIAGE as TypeCode, version: 1, claims }]);
  const desk = deskOver(primitives, story.view(), { definitions });

  async function elements(certData: object): Promise<Json> {
    const access = accessOf({ counter: counterOf() });
    const named = await runHttpApp(serviceOver(primitives, story.view(), { access, desk }));
    const reply = await named.get("/gbt36906/verifyCertInfo", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ head, data: { certData, useCause: CAUSE } }),
    });
    await named.stop();
    return reply.json.data;
  }

  it("are told by their short names, of several holders all", async () => {
    const { claims: told, ...data } = await elements(fileOf(batch, 3));
    expect(data).toMatchObject({ ZZBH: told.registryNumber, ZZZT: "有效", CZZT: "王一，王二" });
    expect(Object.keys(data)).not.toContain("birthDate");
    const owners = [
      { code: "甲", share: "60%" },
      { code: "乙", share: "40%" },
    ];
    const certificate = { ...answerExamples.accepted.certificate, type: MARRIAGE };
    const owned = { ...answerExamples.accepted, certificate, claims: { owners } } as CounterAnswer;
    expect(elementsOf(owned, definitions)).toMatchObject({ CZZTDM: "甲，乙" });
  });

  it("are days of Beijing's calendar", async () => {
    const day = issueBatch(primitives, {
      ...{ seed: "a day in Beijing", notBefore: beijingDayStart("2026-03-08") },
      notAfter: beijingDayEnd("2031-03-07"),
    });
    story.anchor(day);
    const data = await elements(fileOf(day, 0));
    expect(data).toMatchObject({ ZZYXQQSRQ: "2026-03-08", ZZYXQJZRQ: "2031-03-07" });
  });

  it.each([
    ["暂扣", fileOf(batch, 0)],
    ["吊销", fileOf(batch, 2)],
    ["尚未生效", fileOf(later, 0)],
    ["过期", fileOf(ended, 0)],
    [null, fileOf(unknown, 0)],
  ])("say the state %s", async (state, certData) => {
    expect((await elements(certData)).ZZZT).toBe(state);
  });

  it("are none of what can't be read", async () => {
    const data = await elements({ hello: "world" });
    expect(Object.keys(data)).toEqual(["result", "message", "claims", "reasons", "receipt"]);
  });
});

describe("other calls", () => {
  it("take a scanned code, and a file in base64", async () => {
    const { qr } = printed() as { qr: string };
    const scanned = await call("getDateByQRcode", { qrcode: qr, useCause: CAUSE });
    expect(scanned.data.result).toBe(0);
    const text = JSON.stringify(certificateToJson(bearer));
    const file = Buffer.from(text).toString("base64");
    expect((await call("verifyFile", { file, useCause: CAUSE })).data.result).toBe(0);
    expect((await call("verifyFile", { useCause: CAUSE })).data.result).toBe(6);
    expect((await call("getDateByQRcode", { useCause: CAUSE })).data.result).toBe(6);
  });

  it("that this service does not offer are answered with status 2", async () => {
    const { head: ended } = await call("getDataByHolder", { useCause: CAUSE });
    expect(ended.status).toBe(2);
  });
});

describe("the status in the head", () => {
  const data = { certData: fileOf(batch, 3), useCause: CAUSE };

  it.each([
    [11, "a wrong token", { ...head, accessToken: "wrong" }, data],
    [11, "somebody else's id", { ...head, accessId: "C-ELSE0001" }, data],
    [12, "no id", { accessToken: "counter" }, data],
    [12, "no token", { accessId: head.accessId }, data],
    [12, "no data", head, undefined],
    [12, "no cause", head, { certData: data.certData }],
    [12, "a cause that is too long", head, { ...data, useCause: "事".repeat(201) }],
    [100, "no rule for the region", { accessId: "C-ELSE0001", accessToken: "elsewhere" }, data],
  ])("is %d for %s", async (status, _, who, given) => {
    const reply = await call("verifyCertInfo", given, who);
    expect(reply).toMatchObject({ head: { status }, data: null });
  });

  it("says how long a cause may be", async () => {
    const reply = await call("verifyCertInfo", { ...data, useCause: "事".repeat(201) });
    expect(reply.head.message).toContain("data.useCause（1 至 200 字）");
  });

  it("is 10 for a short code that was taken already, and for one of a service that nobody knows", async () => {
    const kept = await app.get("/v1/references", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ presentation: (signed() as { qr: string }).qr }),
    });
    const qrcode = String(kept.json.text);
    expect(qrcode).toContain(PUBLIC_HOST);
    expect((await call("getDateByQRcode", { qrcode, useCause: CAUSE })).head.status).toBe(0);
    for (const gone of [qrcode, "LZR:nowhere.example/8QZ3vN1xT0eYb2kLw6mRfA"]) {
      const reply = await call("getDateByQRcode", { qrcode: gone, useCause: CAUSE });
      expect(reply).toMatchObject({ head: { status: 10 }, data: null });
    }
  });

  it("is 100 for a matter that the counter does not handle, 0 for one that it does", async () => {
    const bounded = counterOf({ serviceItems: [ITEM.code] });
    const desk = deskOver(primitives, story.view(), { items: new ServiceItems([ITEM]) });
    const reply = await callOnce("330100-MZ-002", { desk, access: accessOf({ counter: bounded }) });
    expect(reply.json).toMatchObject({ head: { status: 100 }, data: null });
    const own = await callOnce(ITEM.code, { desk, access: accessOf({ counter: bounded }) });
    expect(own.json).toMatchObject({ head: { status: 0 }, data: { result: 0 } });
  });

  /** Of a service of its own. */
  async function callOnce(purpose: string, changes: Partial<HttpService>): Promise<Reply> {
    const other = await runHttpApp(serviceOver(primitives, story.view(), changes));
    const body = JSON.stringify({ head, data: { ...data, purpose } });
    const headers = { "Content-Type": "application/json" };
    const reply = await other.get("/gbt36906/verifyCertInfo", { method: "POST", headers, body });
    await other.stop();
    return reply;
  }

  it("is never given for an outage, which is a problem as everywhere", async () => {
    const { code } = (await app.get("/gbt36906/x!", { method: "POST" })).json;
    expect(code).toBe("PARAMETER_INVALID");
    const record = (): Promise<never> => Promise.reject(new Problem("USE_NOT_KEPT", "store"));
    const uses = { record, recordSigned: record };
    const desk = deskOver(primitives, story.view(), { uses });
    const access = accessOf({ counter: counterOf() });
    const reply = await callOnce(ITEM.code, { access, desk });
    expect(reply).toMatchObject({ status: 503, json: { code: "USE_NOT_KEPT" } });
  });
});
