/** API7:2023: no address that anyone sends is ever asked: not in a certificate, a code, a token or a header. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { oidcTokens } from "../../../src/adapters/access/oidc-tokens.ts";
import { referencePeers } from "../../../src/adapters/peers/reference-peers.ts";
import { toBase64Url } from "../../../src/core/encoding/bytes.ts";
import { ACCESS_NOON, clockAt } from "../../support/access.ts";
import { runGuardedApp } from "../../support/guarded-app.ts";
import type { GuardedApp } from "../../support/guarded-app.ts";
import { startJsonService } from "../../support/json-service.ts";
import type { JsonService } from "../../support/json-service.ts";
import { jsonOf } from "../../support/present.ts";

const TOKEN = "8QZ3vN1xT0eYb2kLw6mRfA";

let trap: JsonService;
let issuer: JsonService;
let app: GuardedApp;
/** Ports that this process opened connections to. */
const asked = new Set<number>();

function note(message: unknown): void {
  const { socket } = message as { readonly socket: Socket };
  socket.once("connect", () => asked.add(socket.remotePort ?? 0));
}

beforeAll(async () => {
  trap = await startJsonService(() => ({ body: { presentation: "LZ1:AAAA", keys: [] } }));
  issuer = await startJsonService(() => ({ body: { keys: [] } }));
  const oidc = {
    ...{ issuer: "https://login.example", audience: "x", jwks: issuer.url, clientClaim: "sub" },
    ...{ algorithms: ["ES256"], tokenType: null },
  };
  app = await runGuardedApp({
    rules: { tokens: oidcTokens(oidc, clockAt(ACCESS_NOON)) },
    desk: { peers: referencePeers(new Map([["friend.example", "https://friend.invalid"]])) },
  });
  subscribe("net.client.socket", note);
});
afterAll(async () => {
  unsubscribe("net.client.socket", note);
  await app.stop();
  await trap.close();
  await issuer.close();
});

function host(): string {
  return new URL(trap.url).host;
}

async function verify(shown: object): Promise<void> {
  const { status } = await app.ask("/v1/verifications", null, shown);
  expect(status).toBeLessThan(500);
}

describe("an address in what is shown", () => {
  it.each<[string, () => object]>([
    ["a reference code", () => ({ presentation: `LZR:${host()}/${TOKEN}` })],
    [
      "a reference code with a user name",
      () => ({ presentation: `LZR:friend.example@${host()}/${TOKEN}` }),
    ],
    ["a reference code of metadata", () => ({ presentation: `LZR:169.254.169.254/${TOKEN}` })],
    [
      "a reference code of this machine",
      () => ({ presentation: `LZR:localhost:${host().split(":")[1] ?? ""}/${TOKEN}` }),
    ],
    [
      "a web address with a presentation",
      () => ({ presentation: `${trap.url}/q#${toBase64Url(new Uint8Array(40))}` }),
    ],
    ["a web address alone", () => ({ presentation: trap.url })],
    ["a file", () => ({ presentation: "file:///etc/passwd" })],
    [
      "a certificate whose claims are addresses",
      () => {
        const certificate = jsonOf(app.usual.bearer) as { claims: { value: unknown }[] };
        for (const claim of certificate.claims) claim.value = `${trap.url}/claim`;
        return { certificate };
      },
    ],
    [
      "a certificate with a node of its own",
      () => ({ certificate: { ...jsonOf(app.usual.bearer), rpc: trap.url, directory: trap.url } }),
    ],
    ["a service item", () => ({ presentation: "LZ1:AAAA", purpose: trap.url })],
  ])("is never asked: %s", async (_, shown) => {
    await verify(shown());
    expect(trap.asked).toEqual([]);
  });

  it("that was left with a reference or a request is never asked either", async () => {
    for (const path of ["/v1/references", `/v1/presentation-requests/${TOKEN}/presentation`]) {
      await app.ask(path, null, { presentation: `LZR:${host()}/${TOKEN}` });
    }
    expect(trap.asked).toEqual([]);
  });
});

describe("an address in a token or a header", () => {
  it("is never asked, though the configured issuer is", async () => {
    const header = { alg: "ES256", kid: "k", jku: trap.url, x5u: trap.url, iss: trap.url };
    const part = (json: object): string => Buffer.from(JSON.stringify(json)).toString("base64url");
    const token = `${part(header)}.${part({ iss: trap.url })}.${part({})}`;
    const reply = await app.ask("/v1/agencies", token);
    expect(reply.status).toBe(401);
    expect(issuer.asked.length).toBeGreaterThan(0);
    const headers = {
      "X-Forwarded-Host": host(),
      Host: host(),
      Referer: trap.url,
      Origin: trap.url,
    };
    await app.send("/v1/agencies", headers);
    expect(trap.asked).toEqual([]);
  });
});

describe("all in all", () => {
  it("this process opened connections to the service and the issuer alone", () => {
    const known = [app.port, Number(new URL(issuer.url).port)];
    expect([...asked].filter((port) => !known.includes(port))).toEqual([]);
    expect([...asked]).toEqual(expect.arrayContaining(known));
  });
});
