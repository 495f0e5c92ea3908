/** API2:2023: nobody gets in with less than a credential that is in force. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { endClient } from "../../../src/app/access/manage-clients.ts";
import { Problem } from "../../../src/core/problem.ts";
import type { TokenVerifier } from "../../../src/ports/access-tokens.ts";
import { runGuardedApp } from "../../support/guarded-app.ts";
import type { GuardedApp } from "../../support/guarded-app.ts";

const LOCKOUT = { failures: 1_000, minutes: 15 };
const away: TokenVerifier = {
  verify: () => Promise.reject(new Problem("IDENTITY_UNREACHABLE", "the issuer's keys")),
};

let app: GuardedApp;
beforeAll(async () => {
  app = await runGuardedApp({ rules: { lockout: LOCKOUT, tokens: away } });
});
afterAll(() => app.stop());

function knock(authorization: string): ReturnType<GuardedApp["get"]> {
  return app.get("/v1/agencies", { headers: { Authorization: authorization } });
}

describe("a credential that is offered", () => {
  it("and in force, is let in", async () => {
    expect((await knock(`Bearer ${app.callers.counter.key}`)).status).toBe(200);
    expect((await knock(`bearer ${app.callers.counter.key}`)).status).toBe(200);
  });

  it.each<[string, (key: string) => string]>([
    ["another secret", (key) => `Bearer ${key.slice(0, -2)}${key.at(-2) === "x" ? "y" : "x"}Q`],
    ["another id", (key) => `Bearer lzk_${"0".repeat(16)}${key.slice(20)}`],
    ["its id alone", (key) => `Bearer ${key.slice(0, 20)}`],
    ["another scheme", (key) => `Basic ${Buffer.from(`x:${key}`).toString("base64")}`],
    ["no scheme", (key) => key],
    ["capitals", (key) => `Bearer ${key.toUpperCase()}`],
    ["something behind it", (key) => `Bearer ${key} x`],
    ["nothing", () => "Bearer "],
    ["8,193 letters", () => `Bearer ${"a".repeat(8_193)}`],
  ])("with %s, is refused even where nobody needs one", async (_, change) => {
    const reply = await knock(change(app.callers.counter.key));
    expect(reply).toMatchObject({ status: 401, json: { code: "UNAUTHENTICATED" } });
    expect(reply.headers.get("www-authenticate")).toBe('Bearer realm="liangzheng"');
    expect(reply.text).not.toMatch(/lzk_/);
  });

  it("in the query or in a cookie is none at all", async () => {
    const { key } = app.callers.auditor;
    const cookie = await app.send("/v1/verifications/batch", { Cookie: `key=${key}` }, "POST");
    expect(cookie.status).toBe(401);
    const query = await app.get(`/v1/agencies?access_token=${key}`);
    expect(query).toMatchObject({ status: 400, json: { code: "PARAMETER_INVALID" } });
    expect(query.text).not.toContain(key);
  });

  it("of a client that was ended, is refused", async () => {
    const { client, key } = await app.access.add();
    expect((await knock(`Bearer ${key}`)).status).toBe(200);
    await endClient(app.access.tools, client.id);
    await app.access.control.refresh();
    expect((await knock(`Bearer ${key}`)).status).toBe(401);
  });

  it("that can't be judged since the issuer is away, lets nobody in and is called nobody's fault", async () => {
    const reply = await knock("Bearer eyJhbGciOiJFUzI1NiJ9.e30.c2ln");
    expect(reply).toMatchObject({ status: 503, json: { code: "IDENTITY_UNREACHABLE" } });
    expect(reply.headers.get("retry-after")).toBe("5");
  });
});

describe("guessing", () => {
  it("ends in a lockout that says for how long", async () => {
    const strict = await runGuardedApp({ rules: { lockout: { failures: 5, minutes: 15 } } });
    const codes: number[] = [];
    for (let i = 0; i < 6; i++) {
      const guess = `lzk_${"0".repeat(15)}${String(i)}_${"A".repeat(43)}`;
      codes.push((await strict.ask("/v1/agencies", guess)).status);
    }
    expect(codes).toEqual([401, 401, 401, 401, 401, 429]);
    const locked = await strict.ask("/v1/agencies", "lzk_x");
    expect(locked.json.code).toBe("LOCKED_OUT");
    expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(800);
    expect((await strict.ask("/v1/agencies")).status).toBe(200);
    await strict.stop();
  });
});

describe("who must have a credential", () => {
  it("is told so before anything of the body is read", async () => {
    const reply = await app.get("/v1/verifications/batch", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "{ this is no JSON",
    });
    expect(reply).toMatchObject({ status: 401, json: { code: "UNAUTHENTICATED" } });
  });
});
