/** An agency's endpoint over HTTP: what it documents, what it refuses, and who may ask from a browser. */
import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { compactDecrypt, importJWK } from "jose";
import { encryptDelivery } from "../../src/adapters/holding/encrypt-delivery.ts";
import { openAccess } from "../../src/app/access/open-access.ts";
import { toBase64Url } from "../../src/core/encoding/bytes.ts";
import { claimCodeDigest } from "../../src/core/holding/claim-code-digest.ts";
import { readDelivery } from "../../src/core/holding/delivery.ts";
import { keyFromJwk, keyToJwk } from "../../src/core/holding/jwk.ts";
import type { HolderWish } from "../../src/core/holding/holder-request.ts";
import { parseClaimCode } from "../../src/core/identifiers/claim-code.ts";
import type { ClaimCodeText } from "../../src/core/identifiers/claim-code.ts";
import { keyThumbprint } from "../../src/core/presentation/cose.ts";
import { AGENCY_ROUTES, createAgencyApp } from "../../src/http/agency/agency-app.ts";
import type { AgencyService } from "../../src/http/agency/agency-service.ts";
import { primitives } from "../../src/main/system.ts";
import type { HoldingWorld } from "../support/holding-world.ts";
import { AUDIENCE, openHoldingWorld } from "../support/holding-world.ts";
import type { Json, Reply, RunningApp } from "../support/http-app.ts";
import { runApp } from "../support/http-app.ts";
import { NOW, SANYA } from "../support/ledger-story.ts";
import { schemaCheckerOf } from "../support/openapi.ts";
import { seededKey } from "../support/seeded.ts";

const WALLET = "https://wallet.example";
const phone = seededKey("phone");
const delivery = generateKeyPairSync("ec", { namedCurve: "P-256" });
const deliveryJwk = delivery.publicKey.export({ format: "jwk" });

let world: HoldingWorld;
let app: RunningApp;
let guarded: RunningApp;
/** Each comes from another address, as the proxy says. */
let calls = 0;

beforeAll(async () => {
  world = await openHoldingWorld(":memory:");
  app = await runApp(createAgencyApp(serviceOver(100_000)).callback());
  guarded = await runApp(createAgencyApp(serviceOver(2)).callback());
});
afterAll(async () => {
  await Promise.all([app.stop(), guarded.stop()]);
  await world.opened.store.close();
});

function serviceOver(guessesPerMinute: number): AgencyService {
  const { clock } = world.desk;
  const rules = { anonymousPerMinute: 100_000, guessesPerMinute };
  return {
    desk: { ...world.desk, encrypt: encryptDelivery },
    access: openAccess(rules, clock, ["127.0.0.1"]),
    agencyName: () => SANYA.name,
    region: () => SANYA.region,
    origins: [WALLET],
    view: () => world.desk.view(),
    repeat: (_call, work) => Promise.resolve(work({ call: "", number: 1, begunAt: NOW })),
    isReady: () => true,
    status: () => ({ lastProblem: null }),
    now: () => world.now,
    version: "0.0.0-test",
  };
}

function send(path: string, body: object, headers: Record<string, string> = {}): Promise<Reply> {
  const address = `198.51.100.${String(++calls)}`;
  const all = { "Content-Type": "application/json", "X-Forwarded-For": address, ...headers };
  return app.get(path, { method: "POST", headers: all, body: JSON.stringify(body) });
}

async function signed(wish: HolderWish, key = phone): Promise<{ request: string }> {
  return { request: toBase64Url(await world.sign(key, wish)) };
}

async function claimBody(text: string, key = phone): Promise<Json> {
  const thumbprint = keyThumbprint(primitives, keyFromJwk(deliveryJwk, "key"));
  const code = claimCodeDigest(primitives, parseClaimCode(text) as ClaimCodeText);
  const body = await signed({ kind: "claim", code, deliveryKey: thumbprint }, key);
  return { code: text, deliveryKey: deliveryJwk, ...body };
}

async function opened(jwe: string): Promise<unknown> {
  const key = await importJWK(delivery.privateKey.export({ format: "jwk" }), "ECDH-ES");
  const { plaintext, protectedHeader } = await compactDecrypt(jwe, key);
  expect(protectedHeader).toMatchObject({ alg: "ECDH-ES", enc: "A256GCM" });
  return JSON.parse(new TextDecoder().decode(plaintext));
}

describe("an agency's endpoint", () => {
  it("says whose it is, and how long what it signs lives", async () => {
    const { json } = await app.get("/v1/endpoint");
    expect(json).toEqual({
      ...{ agency: SANYA.code, name: SANYA.name, region: SANYA.region, audience: AUDIENCE },
      ...{ bindingSeconds: 604_800, delegatedBindingSeconds: 86_400, version: "0.0.0-test" },
    });
  });

  it("delivers to the key of the request alone: nothing personal can be read on the way", async () => {
    const { status, json, text } = await send(
      "/v1/claims",
      await claimBody(await world.codeFor(2)),
    );
    expect(status).toBe(200);
    expect(text).not.toContain("王小明");
    const read = readDelivery(primitives, await opened(json.delivery as string));
    expect(read).toMatchObject({ certificate: { batch: { index: 2 } } });
  });

  it("binds, lets others show, lists and takes back, as its document says", async () => {
    await send("/v1/claims", await claimBody(await world.codeFor(3)));
    const bound = await send("/v1/bindings", await signed({ kind: "binding", ...world.place(3) }));
    expect(bound.json).toMatchObject({ expiresAt: "2026-04-18T00:00:00Z" });
    const made = await send(
      "/v1/delegations",
      await signed({ kind: "delegation", order: world.order(3) }),
    );
    const { id, claimCode } = made.json;
    const relative = seededKey("relative");
    const taken = await send("/v1/claims", await claimBody(claimCode as string, relative));
    expect(await opened(taken.json.delivery as string)).toMatchObject({ delegated: { id } });
    const list = await send("/v1/delegations/list", await signed({ kind: "delegations" }));
    expect(list.json.delegations).toMatchObject([{ id, state: "claimed", withdrawnAt: null }]);
    const withdrawal = await signed({ kind: "withdrawal", id: id as string });
    const back = await send("/v1/delegations/withdrawal", withdrawal);
    expect(back.json).toMatchObject({ bindingsEndBy: "2026-04-12T00:00:00Z" });
    world.now = NOW + 86_400 + 60;
    const later = await send(
      "/v1/delegations/withdrawal",
      await signed({ kind: "withdrawal", id }),
    );
    expect(later.json).toMatchObject({ withdrawnAt: "2026-04-11T00:00:00Z", bindingsEndBy: null });
    world.now = NOW;
  });

  it.each<[string, number, string, (body: Json) => Json]>([
    ["a code that is mistyped", 400, "CLAIM_CODE_MALFORMED", (b) => ({ ...b, code: "7F3K" })],
    ["a code without end", 400, "BODY_MALFORMED", (b) => ({ ...b, code: "7".repeat(65) })],
    ["a request that is not base64url", 400, "BODY_MALFORMED", (b) => ({ ...b, request: "A" })],
    ["no request", 400, "BODY_MALFORMED", ({ request: _request, ...b }) => b],
    ["another member", 400, "BODY_MALFORMED", (b) => ({ ...b, holder: "me" })],
    [
      "a private delivery key",
      400,
      "BODY_MALFORMED",
      (b) => ({ ...b, deliveryKey: { ...b.deliveryKey, d: b.deliveryKey.x } }),
    ],
    [
      "another delivery key than was signed",
      400,
      "HOLDER_REQUEST_INVALID",
      (b) => ({ ...b, deliveryKey: keyToJwk(seededKey("a thief's").publicKey) }),
    ],
    [
      "bytes that are no request",
      400,
      "HOLDER_REQUEST_INVALID",
      (b) => ({ ...b, request: "AAAA" }),
    ],
  ])("refuses %s, and the code stays good", async (_, status, code, change) => {
    const body = await claimBody(await world.codeFor(4));
    const refused = await send("/v1/claims", change(body));
    expect(refused.json).toMatchObject({ status, code });
    expect((await send("/v1/claims", body)).status).toBe(200);
  });

  it("refuses a delivery key that is no point of the curve, and the code stays good", async () => {
    const code = await world.codeFor(5);
    const good = await claimBody(code);
    const point = { x: new Uint8Array(32).fill(1), y: new Uint8Array(32).fill(1) };
    await expect(encryptDelivery(point, new Uint8Array())).rejects.toMatchObject({
      code: "HOLDER_REQUEST_INVALID",
    });
    expect((await send("/v1/claims", good)).status).toBe(200);
  });

  it("refuses whoever guesses too fast, and any credential", async () => {
    const body = await claimBody(await world.codeFor(6));
    const tries = [0, 1, 2].map(() => {
      const headers = { "Content-Type": "application/json" };
      const init = { method: "POST", headers, body: JSON.stringify({ ...body, code: "x" }) };
      return guarded.get("/v1/claims", init);
    });
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([400, 400, 429]);
    const { json } = await app.get("/v1/endpoint", { headers: { Authorization: "Bearer x" } });
    expect(json.code).toBe("UNAUTHENTICATED");
  });
});

describe("a browser at an agency's endpoint", () => {
  const preflight = { "Access-Control-Request-Method": "POST" };

  it("may ask from the wallet's origin, with what it needs and no cookies", async () => {
    const headers = { Origin: WALLET, ...preflight };
    const asked = await app.send("/v1/claims", headers, "OPTIONS");
    expect(asked.status).toBe(204);
    expect(asked.headers).toMatchObject({
      "access-control-allow-origin": WALLET,
      "access-control-allow-headers": expect.stringContaining("Content-Type"),
      vary: expect.stringContaining("Origin"),
    });
    expect(asked.headers).not.toHaveProperty("access-control-allow-credentials");
  });

  it("is told problems too, so that the wallet can say what went wrong", async () => {
    const { status, headers } = await send("/v1/bindings", { request: "AAAA" }, { Origin: WALLET });
    expect([status, headers.get("access-control-allow-origin")]).toEqual([400, WALLET]);
  });

  it("is told nothing from any other origin", async () => {
    const asked = await app.send(
      "/v1/claims",
      { Origin: "https://evil.example", ...preflight },
      "OPTIONS",
    );
    expect(asked.status).toBe(405);
    expect(asked.headers).not.toHaveProperty("access-control-allow-origin");
    const { headers } = await app.get("/v1/endpoint", {
      headers: { Origin: `${WALLET}.evil.example` },
    });
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("the document of an agency's endpoint", () => {
  let document: Json;
  beforeAll(async () => {
    document = (await app.get("/openapi.json")).json;
  });

  it("documents every route, and examples that its schemas accept", () => {
    const paths = Object.keys(document.paths);
    expect(paths).toEqual([...new Set(AGENCY_ROUTES.map(({ path }) => path))]);
    const check = schemaCheckerOf(document);
    for (const { body, answer } of AGENCY_ROUTES) {
      for (const part of [body, answer]) {
        const validate = check({ $ref: `#/components/schemas/${part?.schema ?? "Words"}` });
        for (const [name, value] of Object.entries(part?.examples ?? {})) {
          expect([name, validate(value), validate.errors]).toEqual([name, true, null]);
        }
      }
    }
  });

  it("refers to nothing that is not there, and holds no schema that nothing refers to", () => {
    const text = JSON.stringify(document);
    const named = new Set(
      [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name),
    );
    expect([...named].sort()).toEqual(Object.keys(document.components.schemas).sort());
  });
});
