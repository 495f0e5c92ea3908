import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import type { RunningApp } from "../support/http-app.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import { tellUsualStory } from "../support/ledger-story.ts";

const primitives = await loadPrimitives();
const view = tellUsualStory(primitives).view();

let app: RunningApp;
beforeAll(async () => {
  app = await runHttpApp(serviceOver(primitives, view));
});
afterAll(() => app.stop());

describe("an address that is not there", () => {
  it.each([
    "/",
    "/v1",
    "/v1/verifications/",
    "/v1/verification",
    "/V1/agencies",
    "/v1/agencies/",
    "/v2/agencies",
    "//v1//agencies",
    "/v1//agencies",
    "//evil.example/v1/agencies",
    "/v1/agencies/../agencies",
    "/v1/agencies%2f",
    "/.env",
    "/%",
    "/%00",
    "/openapi.json/..%2f..%2fetc%2fpasswd",
  ])("is NOT_FOUND: %s", async (path) => {
    const reply = await app.send(path);
    expect(reply.status).toBe(404);
    expect(JSON.parse(reply.text)).toMatchObject({ code: "NOT_FOUND", type: "/errors#NOT_FOUND" });
    expect(reply.text).not.toMatch(/evil|passwd/);
  });
});

describe("a method that is not for an address", () => {
  it.each([
    ["GET", "/v1/verifications", "POST"],
    ["DELETE", "/v1/agencies", "GET, HEAD"],
    ["POST", "/healthz", "GET, HEAD"],
    ["OPTIONS", "/v1/verifications", "POST"],
    ["TRACE", "/v1/types", "GET, HEAD"],
  ])("is METHOD_NOT_ALLOWED with what is: %s %s", async (method, path, allowed) => {
    const reply = await app.send(path, {}, method);
    expect(reply.status).toBe(405);
    expect(reply.headers.allow).toBe(allowed);
    expect(JSON.parse(reply.text)).toMatchObject({ code: "METHOD_NOT_ALLOWED" });
  });

  it("answers HEAD as GET, without the body", async () => {
    const reply = await app.get("/v1/agencies", { method: "HEAD" });
    expect(reply).toMatchObject({ status: 200, text: "" });
    expect(Number(reply.headers.get("content-length"))).toBeGreaterThan(100);
  });
});

describe("the language of a problem", () => {
  it.each([
    [undefined, "zh-CN", "没有该资源"],
    ["zh-CN,zh;q=0.9,en;q=0.8", "zh-CN", "没有该资源"],
    ["zh-HK", "zh-HK", "沒有該資源"],
    ["zh-Hant-TW, zh;q=0.5", "zh-HK", "沒有該資源"],
    ["zh-SG", "zh-CN", "没有该资源"],
    ["en", "en", "There is nothing at that address."],
    ["en-GB,en;q=0.9", "en", "There is nothing at that address."],
    ["fr, en;q=0.5", "en", "There is nothing at that address."],
    ["fr", "zh-CN", "没有该资源"],
    ["en;q=0.2, zh;q=0.7", "zh-CN", "没有该资源"],
    [",;q=;;*", "zh-CN", "没有该资源"],
  ])("for Accept-Language %s is %s", async (accepted, language, title) => {
    const reply = await app.send(
      "/nowhere",
      accepted === undefined ? {} : { "Accept-Language": accepted },
    );
    const zh = language === "zh-HK" ? "沒有該資源" : "没有该资源";
    expect(reply.headers["content-language"]).toBe(language);
    expect(reply.headers.vary).toBe("Accept-Language");
    expect(JSON.parse(reply.text)).toMatchObject({ title, words: { zh } });
  });
});
