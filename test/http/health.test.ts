import { createServer } from "node:http";
import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import type { HttpService } from "../../src/http/http-service.ts";
import { configureServer } from "../../src/http/server-limits.ts";
import type { LedgerView } from "../../src/core/verify/case.ts";
import type { Reply } from "../support/http-app.ts";
import { MAX_LEDGER_AGE, runHttpApp, serviceOver } from "../support/http-app.ts";
import { NOW, tellUsualStory } from "../support/ledger-story.ts";

const primitives = await loadPrimitives();
const story = tellUsualStory(primitives);

async function ask(
  path: string,
  view: LedgerView | null,
  changes: Partial<HttpService> = {},
): Promise<Reply> {
  const app = await runHttpApp(serviceOver(primitives, view, changes));
  const reply = await app.get(path);
  await app.stop();
  return reply;
}

describe("health", () => {
  it("is up with the version, even where the chain was never reached", async () => {
    const { status, json } = await ask("/healthz", null);
    expect(status).toBe(200);
    expect(json).toEqual({ status: "up", version: "0.0.0-test" });
  });
});

describe("readiness", () => {
  it("is given while the view of the chain is fresh", async () => {
    const { status, json } = await ask("/readyz", story.view(NOW - 2));
    expect(status).toBe(200);
    expect(json).toMatchObject({ status: "ready", ageSeconds: 2 });
  });

  it("is refused with the age and the last problem when the view is too old", async () => {
    const lastProblem = "RPC_TIMEOUT" as const;
    const view = story.view(NOW - MAX_LEDGER_AGE - 30);
    const { status, json } = await ask("/readyz", view, { status: () => ({ lastProblem }) });
    expect(status).toBe(503);
    expect(json).toMatchObject({
      code: "NOT_READY",
      ageSeconds: 90,
      lastProblem,
      detail: "last confirmed 90 s ago; last problem RPC_TIMEOUT",
    });
  });

  it("is refused before the chain was reached once", async () => {
    const { status, json } = await ask("/readyz", null);
    expect(status).toBe(503);
    expect(json).toMatchObject({ code: "NOT_READY", ageSeconds: null, lastProblem: null });
    expect(json.detail).toBe("the chain has not been reached yet");
  });
});

describe("the limits of the server", () => {
  it("end connections that send slowly, and outlast the proxy's own", () => {
    const server = createServer();
    configureServer(server);
    expect(server.headersTimeout).toBe(10_000);
    expect(server.requestTimeout).toBe(30_000);
    expect(server.keepAliveTimeout).toBeGreaterThan(60_000);
    expect(server.maxHeadersCount).toBe(64);
  });
});
