import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { PROBLEMS } from "../../src/core/problem-codes.ts";
import type { RunningApp } from "../support/http-app.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";

const primitives = await loadPrimitives();
let app: RunningApp;
beforeAll(async () => {
  app = await runHttpApp(serviceOver(primitives, null));
});
afterAll(() => app.stop());

describe("the type of a problem", () => {
  it("leads to a page that has an anchor for its code", async () => {
    const { type } = (await app.get("/v1/agencies")).json;
    expect(type).toBe("/errors#NOT_READY");
    const page = await app.get(type, { headers: { Accept: "text/html,*/*;q=0.8" } });
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.text).toContain('<tr id="NOT_READY">');
    expect(page.text).toContain('<html lang="zh-CN">');
    for (const code of Object.keys(PROBLEMS)) expect(page.text).toContain(`id="${code}"`);
  });

  it("is told in the language that is asked for, without a script or a mark left unescaped", async () => {
    const page = async (language: string): Promise<string> => {
      const headers = { Accept: "text/html", "Accept-Language": language };
      return (await app.get("/errors", { headers })).text;
    };
    expect(await page("en")).toContain("<h1>Problem codes</h1>");
    expect(await page("zh-HK")).toContain("<h1>錯誤代碼</h1>");
    const rows = (await page("zh-CN")).split("<tbody>")[1] ?? "";
    expect(rows).not.toMatch(/<(?!\/?(?:tr|th|td|code|tbody|table|html)\b)/);
  });
});

describe("the codes of problems", () => {
  it("are listed with words and what to do", async () => {
    const { json } = await app.get("/errors");
    expect(json.errors.map(({ code }: { code: string }) => code)).toEqual(Object.keys(PROBLEMS));
  });

  it("are told one by one", async () => {
    const { json } = await app.get("/errors/NOT_FOUND");
    expect(json).toMatchObject({ code: "NOT_FOUND", status: 404, words: { zh: "没有该资源" } });
    const page = await app.get("/errors/NOT_FOUND", { headers: { Accept: "text/html" } });
    expect(page.text.match(/<tr id=/g)).toHaveLength(1);
  });

  it.each([
    ["NO_SUCH_CODE", 404],
    ["not-a-code", 400],
    ["toString", 400],
  ])("are refused where there is none: %s", async (code, status) => {
    expect((await app.get(`/errors/${code}`)).status).toBe(status);
  });
});
