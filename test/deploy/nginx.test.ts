/** The way in, as deploy/nginx has it: whom it asks for a certificate, and what it tells the verifiers of callers. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingHttpHeaders, Server } from "node:http";
import { request } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareNginx } from "../deployment/nginx-site.ts";
import { installNginx, startProgram, untilSo } from "../deployment/programs.ts";
import type { Program } from "../deployment/programs.ts";
import { freePorts } from "../support/free-ports.ts";
import { selfSigned } from "../support/tls.ts";

const PEOPLE = "verify.example.gov.cn";
const MACHINES = "machines.verify.example.gov.cn";
const own = selfSigned(PEOPLE);
const backOffice = selfSigned("back office");

let folder: string;
let verifier: Server;
let nginx: Program;
let port: number;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lz-nginx-"));
  verifier = createServer((call, response) => response.end(JSON.stringify(call.headers)));
  verifier.listen(0, "0.0.0.0");
  await once(verifier, "listening");
  [port = 0] = await freePorts(1);
  const program = installNginx();
  const config = prepareNginx(folder, {
    ...{ ...own, listen: `127.0.0.1:${String(port)}`, addresses: "127.0." },
    port: (verifier.address() as AddressInfo).port,
  });
  const command = [program, "-c", config, "-e", join(folder, "error.log")];
  nginx = startProgram({ name: "nginx", command });
  await untilSo("nginx answers", async () => (await ask(PEOPLE)).status === 200, nginx);
});
afterAll(async () => {
  await nginx.end("SIGTERM");
  verifier.close();
  verifier.closeAllConnections();
  rmSync(folder, { recursive: true });
});

interface Asking {
  readonly headers?: Readonly<Record<string, string>>;
  /** In the request, where it is not the name that TLS was begun with. */
  readonly host?: string;
  readonly isCertified?: boolean;
}

interface Answered {
  readonly status: number;
  /** What the verifier was told; null where it was not asked. */
  readonly told: IncomingHttpHeaders | null;
}

/** @param name with which TLS is begun */
async function ask(name: string, asking: Asking = {}): Promise<Answered> {
  const { headers = {}, host = name, isCertified = false } = asking;
  const call = request({
    ...{ host: "127.0.0.1", port, servername: name, ca: own.certificate, agent: false },
    ...(isCertified && { cert: backOffice.certificate, key: backOffice.key }),
    checkServerIdentity: () => undefined,
    headers: { ...headers, Host: host },
  });
  const [response] = await once(call.end(), "response");
  let text = "";
  for await (const chunk of response) text += String(chunk);
  const isAnswered = response.statusCode === 200;
  const told = isAnswered ? (JSON.parse(text) as IncomingHttpHeaders) : null;
  return { status: response.statusCode as number, told };
}

const pem = (told: Answered["told"]): string =>
  decodeURIComponent(String(told?.["x-client-cert"])).trim();

describe("nginx before the verifiers", () => {
  it("asks nobody for a certificate under the name for people, though they have one", async () => {
    const { told } = await ask(PEOPLE, { isCertified: true });
    expect(told).toMatchObject({ host: PEOPLE, "x-forwarded-for": "127.0.0.1" });
    expect(told).not.toHaveProperty("x-client-cert");
  });

  it("hands on a machine's certificate under the name for machines, and lets in who has none", async () => {
    const certified = await ask(MACHINES, { isCertified: true });
    expect(pem(certified.told)).toBe(backOffice.certificate.trim());
    const bare = await ask(MACHINES);
    expect(bare.status).toBe(200);
    expect(bare.told).not.toHaveProperty("x-client-cert");
  });

  it("takes no certificate and no address that a caller claims", async () => {
    const claimed = encodeURIComponent(backOffice.certificate);
    const headers = {
      ...{ "X-Client-Cert": claimed, "Client-Cert": ":AAAA:" },
      ...{ "X-Forwarded-For": "192.0.2.7", "X-Request-Id": "chosen-by-the-caller" },
    };
    for (const name of [PEOPLE, MACHINES]) {
      const { told } = await ask(name, { headers });
      expect(told).not.toHaveProperty("x-client-cert");
      expect(told).not.toHaveProperty("client-cert");
      expect(told).toMatchObject({ "x-forwarded-for": "127.0.0.1" });
      expect(told?.["x-request-id"]).toMatch(/^[0-9a-f]{32}$/);
    }
  });

  it("does not serve the name for machines to who began with the name for people", async () => {
    const { status } = await ask(PEOPLE, { host: MACHINES, isCertified: true });
    expect(status).toBe(421);
  });

  it("keeps health and readiness to the operators", async () => {
    for (const name of [PEOPLE, MACHINES]) {
      const call = request({
        ...{ host: "127.0.0.1", port, servername: name, path: "/readyz", agent: false },
        ...{ rejectUnauthorized: false, headers: { Host: name } },
      });
      const [response] = await once(call.end(), "response");
      response.resume();
      expect(response.statusCode).toBe(403);
    }
  });
});
