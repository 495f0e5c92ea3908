import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import type { RunningApp } from "../support/http-app.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import { tellUsualStory } from "../support/ledger-story.ts";
import { cpuTimeOf } from "../support/cpu-time.ts";

const primitives = await loadPrimitives();
const view = tellUsualStory(primitives).view();
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let app: RunningApp;
beforeAll(async () => {
  app = await runHttpApp(serviceOver(primitives, view));
});
afterAll(() => app.stop());

describe("the id of a request", () => {
  it.each(["a", "counter-3-000017", "A".repeat(64)])("is the caller's own: %s", async (id) => {
    const reply = await app.send("/nowhere", { "X-Request-Id": id });
    expect(reply.headers["x-request-id"]).toBe(id);
    expect(JSON.parse(reply.text)).toMatchObject({ instance: id });
  });

  it.each([
    ["none", undefined],
    ["too long", "A".repeat(65)],
    ["with a second header in it", "a%0d%0aSet-Cookie: x=1"],
    ["with markup", "<script>alert(1)</script>"],
    ["with a blank", "a b"],
    ["two of them", "a, b"],
  ])("is a fresh one where the caller's is not plain: %s", async (_, id) => {
    const reply = await app.send("/healthz", id === undefined ? {} : { "X-Request-Id": id });
    expect(reply.headers["x-request-id"]).toMatch(UUID);
    expect(reply.headers["set-cookie"]).toBeUndefined();
  });
});

describe("headers that hostile callers send", () => {
  const long = ",".repeat(4_000) + " ".repeat(8_000) + "x";

  it.each([
    ["X-Forwarded-Proto", long],
    ["X-Forwarded-Host", long],
    ["X-Forwarded-For", long],
    ["Accept-Language", "en;q=0." + "1".repeat(8_000)],
    ["Accept-Language", "a-,".repeat(4_000)],
    ["Content-Type", "application/json;" + " ".repeat(8_000) + "x"],
    ["Content-Type", 'application/json; charset="' + "\\".repeat(8_000)],
  ])("cost no more than a moment: %s", async (name, value) => {
    const times: number[] = [];
    for (let i = 0; i < 3; i++) {
      const ask = async (): Promise<void> => {
        const reply = await app.send("/v1/verifications", { [name]: value }, "POST");
        expect([400, 415]).toContain(reply.status);
      };
      times.push(await cpuTimeOf(ask));
    }
    expect(Math.min(...times)).toBeLessThan(50);
  });

  it.each([
    ["Host", "evil.example"],
    ["Host", "evil.example:fake@127.0.0.1"],
    ["X-Forwarded-Host", "evil.example"],
    ["Referer", "https://evil.example//evil.example"],
    ["Referer", "//evil.example"],
    ["X-Original-URL", "/healthz"],
    ["X-HTTP-Method-Override", "GET"],
    ["Forwarded", "host=evil.example"],
  ])("turn up in no answer and move nobody: %s %s", async (name, value) => {
    const replies = [
      await app.send("/nowhere", { [name]: value }),
      await app.send("/openapi.json", { [name]: value }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([404, 200]);
    expect(JSON.stringify(replies)).not.toMatch(/evil/);
    expect(replies.every(({ headers }) => headers.location === undefined)).toBe(true);
  });
});

describe("every answer", () => {
  it.each(["/nowhere", "/healthz", "/v1/agencies", "/openapi.json", "/errors"])(
    "tells browsers to do nothing but read it, and caches to keep nothing unasked: %s",
    async (path) => {
      const { headers } = await app.send(path);
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "cache-control": /healthz|nowhere/.test(path) ? "no-store" : "no-cache",
        "referrer-policy": "no-referrer",
      });
      expect(headers["content-security-policy"]).toMatch(/^default-src 'none'/);
      expect(headers["x-powered-by"]).toBeUndefined();
    },
  );
});
