/** Whose address and certificate a request is taken to have: the client's, on the word of trusted proxies alone. */
import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, request } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { addClient } from "../../src/app/access/manage-clients.ts";
import { createHttpApp } from "../../src/http/http-app.ts";
import type { AccessWorld } from "../support/access.ts";
import { accessOn, clientOf } from "../support/access.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import type { RunningApp } from "../support/http-app.ts";
import { openServiceAt } from "../support/service-stores.ts";
import type { OpenedServiceStore } from "../support/service-stores.ts";
import { makeCertificates } from "../support/tls.ts";
import type { TestCertificates } from "../support/tls.ts";
import { primitives } from "../../src/main/system.ts";

const folder = mkdtempSync(join(tmpdir(), "lz-mtls-"));
let certificates: TestCertificates;
let opened: OpenedServiceStore;
beforeAll(async () => {
  certificates = makeCertificates(folder);
  opened = await openServiceAt(":memory:");
});
afterAll(async () => {
  await opened.store.close();
  rmSync(folder, { recursive: true });
});

/** Every address that access control was asked about. */
async function appBehind(
  proxies: readonly string[],
): Promise<{ app: RunningApp; world: AccessWorld; seen: string[] }> {
  const world = await accessOn(opened.store, { anonymousPerMinute: 1_000 }, proxies);
  const { control } = world;
  const seen: string[] = [];
  const access = {
    trustedProxies: control.trustedProxies,
    identify: (credentials: Parameters<typeof control.identify>[0]) => {
      seen.push(credentials.address);
      return control.identify(credentials);
    },
    admit: control.admit.bind(control),
    charge: control.charge.bind(control),
  };
  const app = await runHttpApp(serviceOver(primitives, null, { access }));
  seen.length = 0;
  return { app, world, seen };
}

describe("the address of a client", () => {
  it.each([
    ["nothing forwarded", [], undefined, "127.0.0.1"],
    ["a header of a stranger", [], "203.0.113.7", "127.0.0.1"],
    ["a trusted proxy", ["127.0.0.1"], "203.0.113.7", "203.0.113.7"],
    ["what the client wrote before", ["127.0.0.1"], "10.0.0.1, 203.0.113.7", "203.0.113.7"],
    ["two proxies", ["127.0.0.0/8", "10.0.0.0/8"], "203.0.113.7, 10.1.2.3", "203.0.113.7"],
    ["a proxy that nobody trusts", ["127.0.0.1"], "203.0.113.7, 10.1.2.3", "10.1.2.3"],
    ["all of them proxies", ["127.0.0.0/8", "10.0.0.0/8"], "10.9.9.9, 10.1.2.3", "10.9.9.9"],
    ["IPv6", ["127.0.0.1"], "2001:db8::7", "2001:db8::7"],
    ["IPv6 with a port", ["127.0.0.1"], "[2001:db8::7]:4711", "2001:db8::7"],
    ["IPv4 with a port", ["127.0.0.1"], "203.0.113.7:4711", "203.0.113.7"],
    ["IPv4 written as IPv6", ["127.0.0.1"], "::ffff:203.0.113.7", "203.0.113.7"],
    ["a zone", ["127.0.0.1"], "fe80::1%eth0", "fe80::1"],
    ["words", ["127.0.0.1"], "203.0.113.7, unknown", "127.0.0.1"],
    ["nothing at all", ["127.0.0.1"], "", "127.0.0.1"],
    ["a proxy of IPv6", ["127.0.0.1", "2001:db8::/32"], "203.0.113.7, 2001:db8::1", "203.0.113.7"],
    [
      "more hops than anyone has",
      ["127.0.0.0/8"],
      `203.0.113.7${", 127.0.0.2".repeat(40)}`,
      "127.0.0.2",
    ],
  ])("with %s", async (_, proxies, header, expected) => {
    const { app, seen } = await appBehind(proxies);
    await app.send("/v1/agencies", header === undefined ? {} : { "X-Forwarded-For": header });
    await app.stop();
    expect(seen).toEqual([expected]);
  });
});

async function addAuditor({ tools }: AccessWorld, pem: string): Promise<void> {
  const { fingerprint256 } = new X509Certificate(pem);
  const id = fingerprint256.replaceAll(":", "").toLowerCase();
  const { id: _id, createdAt: _at, endedAt: _end, ...auditor } = clientOf("auditor");
  await addClient(tools, auditor, { kind: "certificate", id, until: null });
}

describe("a client certificate", () => {
  let pem: string;
  const path = "/v1/verifications/batch";
  let trusting: Awaited<ReturnType<typeof appBehind>>;
  beforeAll(async () => {
    pem = readFileSync(certificates.certificateFile, "utf8");
    trusting = await appBehind(["127.0.0.1"]);
    await addAuditor(trusting.world, pem);
  });
  afterAll(() => trusting.app.stop());

  const base64 = (): string => new X509Certificate(pem).raw.toString("base64");

  it.each<[string, () => Record<string, string>]>([
    ["as nginx gives it on", () => ({ "X-Client-Cert": encodeURIComponent(pem) })],
    ["as RFC 9440 writes it", () => ({ "Client-Cert": `:${base64()}:` })],
  ])("is taken from a trusted proxy, %s", async (_, headers) => {
    expect((await trusting.app.send(path, headers(), "POST")).status).toBe(403);
  });

  it.each<[string, () => Record<string, string>]>([
    ["cut short", () => ({ "X-Client-Cert": encodeURIComponent(pem.slice(0, 200)) })],
    ["badly escaped", () => ({ "X-Client-Cert": "%E0%A4%A" })],
    ["empty, as nginx has it where there is none", () => ({ "X-Client-Cert": "" })],
  ])("is none where it is %s", async (_, headers) => {
    const reply = await trusting.app.send(path, headers(), "POST");
    expect(reply.status).toBe(401);
    expect(JSON.parse(reply.text).detail).toMatch(/^role counter/);
  });

  it("of a stranger is refused, also where nobody needs one", async () => {
    const other = readFileSync(join(folder, "server.pem"), "utf8");
    const headers = { "X-Client-Cert": encodeURIComponent(other) };
    expect((await trusting.app.send("/v1/agencies", headers)).status).toBe(401);
  });

  it("in a header of a caller that is no trusted proxy is nobody's", async () => {
    const { app } = await appBehind(["10.0.0.0/8"]);
    const headers = { "X-Client-Cert": encodeURIComponent(pem), "Client-Cert": `:${base64()}:` };
    expect((await app.send(path, headers, "POST")).status).toBe(401);
    expect((await app.send("/v1/agencies", headers)).status).toBe(503);
    await app.stop();
  });

  it("is taken from the connection that proved its key, and beside it no header counts", async () => {
    const { control } = await accessOn(opened.store);
    await control.refresh();
    const handle = createHttpApp(serviceOver(primitives, null, { access: control })).callback();
    const server = createServer({ ...certificates.server, rejectUnauthorized: false });
    server.on("request", (...call) => void handle(...call));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const ask = (name: string | null, headers: Record<string, string> = {}): Promise<number> =>
      new Promise((resolve, reject) => {
        const file = (end: string): Buffer => readFileSync(join(folder, `${String(name)}.${end}`));
        const tls = name === null ? {} : { cert: file("pem"), key: file("key") };
        const ca = readFileSync(certificates.caFile);
        const options = { host: "127.0.0.1", port, path, method: "POST", headers, ca, ...tls };
        const call = request(options, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        });
        call.on("error", reject).end();
      });
    expect(await ask("client")).toBe(403);
    expect(await ask("server")).toBe(401);
    expect(await ask(null, { "X-Client-Cert": encodeURIComponent(pem) })).toBe(401);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
