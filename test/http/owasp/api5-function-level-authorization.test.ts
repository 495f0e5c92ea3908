/** API5:2023: each function is for the roles that the document names, and for nobody else. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Role } from "../../../src/app/access/access.ts";
import { ROUTES } from "../../../src/http/routes.ts";
import { ROLES } from "../../../src/ports/clients.ts";
import { runGuardedApp } from "../../support/guarded-app.ts";
import type { GuardedApp } from "../../support/guarded-app.ts";

let app: GuardedApp;
beforeAll(async () => {
  app = await runGuardedApp();
});
afterAll(() => app.stop());

/** Whether whoever calls gets as far as being told what is wrong with the call itself. */
async function isLetIn(method: string, path: string, key: string | null): Promise<number> {
  const address = path.replaceAll(/\{\w+\}/g, "x");
  const reply = await app.send(
    address,
    key === null ? {} : { Authorization: `Bearer ${key}` },
    method.toUpperCase(),
  );
  return reply.status ?? 0;
}

const restricted = ROUTES.filter(({ roles }) => !roles.includes("anyone"));
const open = ROUTES.filter(({ roles }) => roles.includes("anyone"));

describe("a function that is for some roles", () => {
  it("is what verifies many at once, what asks holders, and what tells of uses", () => {
    const names = restricted.map(({ operationId }) => operationId);
    expect(names).toEqual(
      expect.arrayContaining(["createVerificationBatch", "createPresentationRequest"]),
    );
  });

  it.each(restricted.map((route) => [`${route.method} ${route.path}`, route] as const))(
    "lets in exactly those that the document names: %s",
    async (_, { method, path, roles }) => {
      expect(await isLetIn(method, path, null)).toBe(401);
      for (const role of ROLES) {
        const status = await isLetIn(method, path, app.callers[role].key);
        expect([role, status === 403]).toEqual([role, !roles.includes(role)]);
        expect([role, status]).not.toEqual([role, 401]);
      }
    },
  );

  it("is not got by another method, by HEAD, or by a header that names one", async () => {
    const { key } = app.callers.auditor;
    const path = "/v1/verifications/batch";
    const override = { "X-HTTP-Method-Override": "POST", "X-Role": "counter", "X-Client": "C-1" };
    const get = await app.send(path, { Authorization: `Bearer ${key}`, ...override }, "GET");
    expect(get.status).toBe(405);
    const post = await app.send(path, { Authorization: `Bearer ${key}`, ...override }, "POST");
    expect(post.status).toBe(403);
    expect(JSON.parse(post.text)).toMatchObject({ code: "FORBIDDEN", status: 403 });
  });
});

describe("a function that is for anyone", () => {
  it.each(open.map((route) => [`${route.method} ${route.path}`, route] as const))(
    "lets in every role and nobody's client: %s",
    async (_, { method, path }) => {
      const keys = [null, ...ROLES.map((role: Role) => app.callers[role].key)];
      for (const key of keys) expect([401, 403]).not.toContain(await isLetIn(method, path, key));
    },
  );
});

describe("administration", () => {
  it("is no function of the service at all: clients are added on its store", async () => {
    const { key } = app.callers.administrator;
    for (const path of ["/v1/clients", "/v1/admin", "/admin", "/v1/keys/service", "/metrics"]) {
      expect((await app.ask(path, key)).status).toBe(404);
    }
  });
});
