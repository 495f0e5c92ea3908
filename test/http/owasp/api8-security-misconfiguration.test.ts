/** API8:2023: as it is installed, it says no more and allows no more than it must. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { ROUTES } from "../../../src/http/routes.ts";
import { readServiceSettings } from "../../../src/main/settings/service-settings.ts";
import { runGuardedApp } from "../../support/guarded-app.ts";
import type { GuardedApp } from "../../support/guarded-app.ts";

let app: GuardedApp;
beforeAll(async () => {
  const broken = (): never => {
    throw new Error("secret words in /var/lib/liangzheng/keys/service.key");
  };
  app = await runGuardedApp({ service: { statusEvents: broken } });
});
afterAll(() => app.stop());

const SAMPLE = ["/v1/agencies", "/nowhere", "/healthz", "/openapi.json"];

describe("every answer", () => {
  it.each(SAMPLE)("carries the headers that bind browsers and caches: %s", async (path) => {
    const { headers } = await app.send(path);
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "strict-transport-security": expect.stringMatching(/^max-age=\d{8}/),
      "content-security-policy": expect.stringMatching(/^default-src 'none'/),
    });
  });

  it.each(SAMPLE)("says nothing of what it is made of: %s", async (path) => {
    const { headers } = await app.send(path);
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(["x-powered-by"]));
    expect(headers["server"]).toBeUndefined();
  });

  it("with claims in it is kept by no cache and never compressed", async () => {
    const presentation = (app.usual.printed() as { qr: string }).qr;
    const reply = await app.get("/v1/verifications", {
      method: "POST",
      headers: {
        "Accept-Encoding": "gzip, br",
        "Content-Type": "application/json",
        Authorization: `Bearer ${app.callers.agency.key}`,
      },
      body: JSON.stringify({ presentation, useCause: "测试" }),
    });
    expect(reply.json.claims.holderName).toBe("王小明3");
    expect(reply.headers.get("cache-control")).toBe("no-store");
    expect(reply.headers.get("content-encoding")).toBeNull();
  });
});

describe("pages of other sites", () => {
  it.each([
    ["a simple request", "GET", {}],
    ["a preflight", "OPTIONS", { "Access-Control-Request-Method": "POST" }],
  ])("are allowed nothing: %s", async (_, method, more) => {
    const headers = { Origin: "https://evil.example", ...more };
    const reply = await app.send("/v1/verifications", headers, method);
    const named = Object.keys(reply.headers).filter((name) => name.startsWith("access-control"));
    expect(named).toEqual([]);
    expect(reply.headers["set-cookie"]).toBeUndefined();
  });

  it("can't send a form: a body that is not declared as JSON is not read", async () => {
    const reply = await app.get("/v1/verifications", {
      method: "POST",
      headers: { "Content-Type": "text/plain" },
      body: JSON.stringify({ presentation: "LZ1:AAAA" }),
    });
    expect(reply.status).toBe(415);
  });
});

describe("methods", () => {
  it.each(["TRACE", "PUT", "DELETE", "PATCH", "OPTIONS"])(
    "that nobody needs do nothing: %s",
    async (method) => {
      for (const { path } of ROUTES) {
        const reply = await app.send(path.replaceAll(/\{\w+\}/g, "x"), {}, method);
        expect([path, reply.status]).toEqual([path, 405]);
      }
    },
  );
});

describe("a fault inside", () => {
  it("is told by its code and number, and by nothing else", async () => {
    const reply = await app.ask("/v1/statuses");
    expect(reply).toMatchObject({ status: 500, json: { code: "INTERNAL" } });
    expect(reply.text).not.toMatch(/secret|service\.key|\.ts|node_modules|at /);
    expect(reply.json.instance).toBe(reply.headers.get("x-request-id"));
    expect(app.faults.at(-1)?.problem.code).toBe("INTERNAL");
  });
});

describe("where nothing is configured", () => {
  it("it listens to this machine alone, trusts no proxy, takes no tokens, follows no other service", () => {
    const { listen, trustedProxies, access, peers } = readServiceSettings().settings;
    expect(listen.host).toBe("127.0.0.1");
    expect(trustedProxies).toEqual([]);
    expect(access.oidc).toBeNull();
    expect(peers).toEqual({});
    expect(access.anonymousPerMinute).toBeLessThanOrEqual(120);
  });

  it.each<[string, object]>([
    ["keys of the issuer over plain HTTP", { jwks: "http://login.example/jwks" }],
    ["keys of the issuer in a file", { jwks: "file:///etc/jwks.json" }],
    ["tokens signed with a password", { algorithms: ["HS256"] }],
    ["tokens that are not signed", { algorithms: ["none"] }],
  ])("and can't be told to take %s", (_, changes) => {
    const good = { issuer: "https://a", audience: "b", jwks: "https://login.example/jwks" };
    expect(faultOf({ oidc: good })).toBe("none");
    expect(faultOf({ oidc: { ...good, ...changes } })).toMatch(/CONFIGURATION_INVALID: .*oidc/);
  });
});

function faultOf(access: object): string {
  const folder = mkdtempSync(join(tmpdir(), "lz-settings-"));
  const config = join(folder, "service.json");
  try {
    writeFileSync(config, JSON.stringify({ access }));
    readServiceSettings({ config });
    return "none";
  } catch (error) {
    return (error as Error).message;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
