import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { certificateToJson } from "../../src/core/certificate/certificate-file.ts";
import { inTraditional } from "../../src/http/traditional.ts";
import { certificateAt } from "../support/certificate-batch.ts";
import type { Json, RunningApp } from "../support/http-app.ts";
import { MAX_LEDGER_AGE, runHttpApp, serviceOver } from "../support/http-app.ts";
import { HANGZHOU, NOW, T0 } from "../support/ledger-story.ts";
import { usualCase } from "../support/usual-case.ts";

const primitives = await loadPrimitives();
const { story, batch } = usualCase(primitives);
let asOf = NOW;

let app: RunningApp;
beforeAll(async () => {
  const service = serviceOver(primitives, story.view());
  const view = () => story.view(asOf);
  const isReady = () => NOW - asOf <= MAX_LEDGER_AGE;
  app = await runHttpApp({ ...service, view, isReady });
});
afterAll(() => app.stop());

function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(app.url + path, { headers });
}

async function tagOf(path: string, headers: Record<string, string> = {}): Promise<string> {
  return (await ask(path, headers)).headers.get("etag") ?? "none";
}

describe("a list that changes when the service is told anew", () => {
  it.each(["/v1/service-items", "/v1/keys"])("is not sent again: %s", async (path) => {
    const tag = await tagOf(path);
    expect(tag).toMatch(/^W\/"[\w-]{20}"$/);
    const again = await app.get(path, { headers: { "If-None-Match": tag } });
    expect(again).toMatchObject({ status: 304, text: "" });
    expect(await tagOf(path, { "Accept-Language": "en" })).not.toBe(tag);
  });
});

describe("a list that was asked for before", () => {
  const path = "/v1/agencies?region=460000";

  it("is not sent again while the ledger stays as it is, however old the view", async () => {
    const tag = await tagOf(path);
    expect(tag).toMatch(/^W\/"[\w-]{20}"$/);
    asOf = NOW - 30;
    const again = await app.get(path, { headers: { "If-None-Match": tag } });
    asOf = NOW;
    expect(again).toMatchObject({ status: 304, text: "" });
    expect(again.headers.get("cache-control")).toBe("no-cache");
  });

  it("is sent again once anything is recorded", async () => {
    const tag = await tagOf(path);
    story.at(T0 + 99).setStatus(batch, 3, 1);
    expect((await ask(path, { "If-None-Match": tag })).status).toBe(200);
  });

  it("has another tag for another question, language or form", async () => {
    const tags = await Promise.all([
      tagOf(path),
      tagOf("/v1/agencies"),
      tagOf(path, { "Accept-Language": "en" }),
      tagOf(path, { "Accept-Language": "zh-HK" }),
      tagOf("/errors"),
      tagOf("/errors", { Accept: "text/html" }),
    ]);
    expect(new Set(tags).size).toBe(tags.length);
  });

  it("is sent in full, with its age, while the view is too old: nobody takes it for fresh", async () => {
    const tag = await tagOf(path);
    asOf = NOW - MAX_LEDGER_AGE - 1;
    const reply = await app.get(path, { headers: { "If-None-Match": tag } });
    asOf = NOW;
    expect(reply.status).toBe(200);
    expect(reply.json.ledger.ageSeconds).toBe(MAX_LEDGER_AGE + 1);
    expect(reply.headers.get("etag")).toBeNull();
  });
});

describe("gzip", () => {
  it("shortens public lists for whoever takes it", async () => {
    const reply = await app.send("/openapi.json", { "Accept-Encoding": "gzip" });
    expect(reply.headers["content-encoding"]).toBe("gzip");
    expect(reply.headers.vary).toMatch(/Accept-Encoding/);
    const whole = await ask("/openapi.json", { "Accept-Encoding": "gzip" });
    expect(((await whole.json()) as Json).openapi).toBe("3.1.0");
  });

  it.each(["identity", "br", ""])("is left out for Accept-Encoding %s", async (encoding) => {
    const reply = await app.send("/openapi.json", { "Accept-Encoding": encoding });
    expect(reply.headers["content-encoding"]).toBeUndefined();
    expect(JSON.parse(reply.text).openapi).toBe("3.1.0");
  });

  it("never touches an answer that holds claims, so that its length tells nothing", async () => {
    const response = await fetch(`${app.url}/v1/verifications`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Encoding": "gzip" },
      body: JSON.stringify({ certificate: certificateToJson(certificateAt(batch, 0)) }),
    });
    expect(response.headers.get("content-encoding")).toBeNull();
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(Number(response.headers.get("content-length"))).toBeGreaterThan(1024);
  });
});

describe("words for Hong Kong", () => {
  it("are those of the matter, where OpenCC's tables would have others", async () => {
    const headers = { "Accept-Language": "zh-Hant-HK" };
    const { json } = await app.get("/errors/FORBIDDEN", { headers });
    expect(json.words.zh).toBe("調用方無此權限");
    expect(inTraditional("证照已换发，批次已上链，重启")).toBe("證照已換發，批次已上鏈，重啟");
  });

  it("are in traditional characters, names and claims as they were written", async () => {
    const headers = { "Accept-Language": "zh-HK" };
    const { json, headers: replied } = await app.get(`/v1/agencies/${HANGZHOU.code}`, { headers });
    expect(replied.get("content-language")).toBe("zh-HK");
    expect(replied.get("vary")).toMatch(/Accept-Language/);
    expect(json).toMatchObject({ name: "杭州市民政局", regionName: { zh: "浙江省（330100）" } });
    const answer = await app.post(
      { certificate: certificateToJson(certificateAt(batch, 0)) },
      { headers: { ...headers, "Content-Type": "application/json" } },
    );
    expect(answer.json.checks[2].words.zh).toBe("所屬批次已上鏈");
    expect(answer.json.checks[2].words.en).toBe("Its batch is anchored on the chain.");
  });
});
