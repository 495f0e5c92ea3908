/** The way in, as deploy/nginx has it: whom it asks for a certificate, and what it tells the verifiers of callers. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, Server } from "node:http";
import { request } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Problem } from "../../src/core/problem.ts";
import { problemDocument } from "../../src/http/problem-document.ts";
import { prepareNginx } from "../deployment/nginx-site.ts";
import { installNginx, startProgram, untilSo } from "../deployment/programs.ts";
import type { Program } from "../deployment/programs.ts";
import { freePorts } from "../support/free-ports.ts";
import { selfSigned } from "../support/tls.ts";

const PEOPLE = "verify.example.gov.cn";
const MACHINES = "machines.verify.example.gov.cn";
/** At once, of one address. */
const CONNECTIONS = 100;
const own = selfSigned(PEOPLE);
const backOffice = selfSigned("back office");

/** Answers that are still to be given. */
const held: (() => void)[] = [];
let folder: string;
let verifier: Server;
let nginx: Program;
let port: number;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lz-nginx-"));
  verifier = createServer((call, response) => {
    const told = JSON.stringify(call.headers);
    if (call.url === "/held") held.push(() => response.end(told));
    else response.end(told);
  });
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
      "X-Forwarded-For": "192.0.2.7",
    };
    for (const name of [PEOPLE, MACHINES]) {
      const { told } = await ask(name, { headers });
      expect(told).not.toHaveProperty("x-client-cert");
      expect(told).not.toHaveProperty("client-cert");
      expect(told).toMatchObject({ "x-forwarded-for": "127.0.0.1" });
    }
  });

  it("hands on the id that a caller gave its call, as the API has it, and draws one otherwise", async () => {
    const idOf = async (id?: string): Promise<unknown> => {
      const headers = id === undefined ? {} : { "X-Request-Id": id };
      return (await ask(PEOPLE, { headers })).told?.["x-request-id"];
    };
    expect(await idOf("window-3-0001")).toBe("window-3-0001");
    for (const other of [undefined, "a b", '","x":"', "x".repeat(65)]) {
      expect(await idOf(other)).toMatch(/^[0-9a-f]{32}$/);
    }
  });

  it("tells who is slowed so in the API's own words, and when to come again", async () => {
    const hold = async (): Promise<IncomingMessage> => {
      const call = request({
        ...{ host: "127.0.0.1", port, servername: PEOPLE, path: "/held", agent: false },
        ...{ rejectUnauthorized: false, headers: { Host: PEOPLE, "X-Request-Id": "window-3" } },
      });
      return (await once(call.end(), "response"))[0] as IncomingMessage;
    };
    const all = Array.from({ length: CONNECTIONS + 1 }, () => hold());
    const refused = await Promise.race(all);
    await untilSo("the others came through", () => Promise.resolve(held.length === CONNECTIONS));
    for (const answer of held.splice(0)) answer();
    const { headers } = refused;
    let text = "";
    for await (const chunk of refused) text += String(chunk);
    const problem = new Problem("TOO_MANY_REQUESTS", "nginx");
    const { detail: _detail, ...words } = problemDocument(problem, "window-3", "zh-CN");
    expect([refused.statusCode, headers["retry-after"]]).toEqual([429, "1"]);
    expect(headers["content-type"]).toBe("application/problem+json; charset=utf-8");
    expect(JSON.parse(text)).toEqual(words);
    for (const response of await Promise.all(all)) response.resume();
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
