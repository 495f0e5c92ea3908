/** API9:2023: what there is, is in the document with who may call it; what is not in it does not answer. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ROUTES } from "../../../src/http/routes.ts";
import { runGuardedApp } from "../../support/guarded-app.ts";
import type { GuardedApp } from "../../support/guarded-app.ts";
import type { Json } from "../../support/http-app.ts";

const SOURCES = join(import.meta.dirname, "../../../src/http/routes");

let app: GuardedApp;
let document: Json;
beforeAll(async () => {
  app = await runGuardedApp();
  document = (await app.ask("/openapi.json")).json;
});
afterAll(() => app.stop());

describe("the document", () => {
  it.each(ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const))(
    "says of each route who may call it, and how a caller is refused: %s",
    (_, { path, method, roles, limit }) => {
      const operation = document.paths[path][method];
      const isPlain = limit === "none";
      expect(operation["x-roles"]).toEqual(isPlain ? undefined : roles);
      const needed = operation.security as object[];
      const isNeeded = needed.every((each) => Object.keys(each).length > 0) && needed.length > 0;
      expect(isNeeded).toBe(!roles.includes("anyone"));
      const { responses } = operation;
      expect("401" in responses && "429" in responses).toBe(!isPlain);
      expect("403" in responses || roles.includes("anyone")).toBe(true);
    },
  );

  it("describes every kind of credential", () => {
    const { securitySchemes } = document.components;
    expect(Object.keys(securitySchemes)).toEqual(["apiKey", "accessToken", "clientCertificate"]);
    const used = new Set(
      Object.values<Json>(document.paths).flatMap((item) =>
        Object.values<Json>(item).flatMap(({ security }) => security.flatMap(Object.keys)),
      ),
    );
    expect([...used].sort()).toEqual(Object.keys(securitySchemes).sort());
  });

  it("names one version of the interface, and every route is in that or tells how the service is", () => {
    const others = ROUTES.map(({ path }) => path).filter((path) => !path.startsWith("/v1/"));
    expect(
      others.filter((path) => !/^\/(healthz|readyz|openapi\.json|errors|gbt36906\/)/.test(path)),
    ).toEqual([]);
  });
});

describe("a route", () => {
  it("is in the list that is served and documented, if it is in the sources at all", async () => {
    const files = await readdir(SOURCES);
    const defined = [];
    for (const file of files) {
      const module = (await import(join(SOURCES, file))) as Record<string, Json>;
      for (const value of Object.values(module)) {
        if (typeof value?.handle === "function") defined.push(value.operationId);
      }
    }
    const served = ROUTES.map(({ operationId }) => operationId);
    expect(defined.filter((id) => !served.includes(id))).toEqual([]);
  });
});

describe("what others have forgotten to take away", () => {
  it.each([
    ...["/v0/verifications", "/v2/verifications", "/verifications", "/api/v1/verifications"],
    ...["/debug", "/metrics", "/admin", "/swagger", "/docs", "/graphql", "/.git/config", "/test"],
    ...["/v1/clients", "/v1/internal", "/server-status", "/actuator/health", "/env", "/.env"],
  ])("is not there, not for an administrator either: %s", async (path) => {
    const headers = { Authorization: `Bearer ${app.callers.administrator.key}` };
    for (const method of ["GET", "POST"]) {
      expect((await app.send(path, headers, method)).status).toBe(404);
    }
  });
});
