/** The way in, as deploy/nginx has it: whom it asks for a certificate, and what it tells the verifiers of callers. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as plainRequest } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, Server } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { request } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VerifierClient } from "../../clients/javascript/src/index.ts";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { certificateToJson } from "../../src/core/certificate/certificate-file.ts";
import type { ProblemCode } from "../../src/core/problem-codes.ts";
import { Problem } from "../../src/core/problem.ts";
import { problemDocument } from "../../src/http/problem-document.ts";
import { prepareNginx } from "../deployment/nginx-site.ts";
import { installNginx, startProgram, untilSo } from "../deployment/programs.ts";
import type { Program } from "../deployment/programs.ts";
import { runCommand } from "../support/command.ts";
import { freePorts } from "../support/free-ports.ts";
import { selfSigned } from "../support/tls.ts";
import { usualCase } from "../support/usual-case.ts";

const PEOPLE = "verify.example.gov.cn";
const MACHINES = "machines.verify.example.gov.cn";
/** At once, of one address. */
const CONNECTIONS = 100;
const own = selfSigned(PEOPLE, "localhost");
const usual = usualCase(await loadPrimitives());
const backOffice = selfSigned("back office");

/** Answers that are still to be given. */
const held: (() => void)[] = [];
let isHolding = true;
let folder: string;
let verifier: Server;
let nginx: Program;
let port: number;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lz-nginx-"));
  verifier = createServer((call, response) => {
    if (call.url?.startsWith("/broken") === true) return call.socket.destroy();
    if (call.url === "/silent") return;
    if (call.url === "/unready") return response.writeHead(503).end("in its own words");
    const told = JSON.stringify(call.headers);
    if (call.url === "/held" && isHolding) held.push(() => response.end(told));
    else response.end(told);
    return;
  });
  verifier.listen(0, "0.0.0.0");
  await once(verifier, "listening");
  [port = 0] = await freePorts(1);
  const program = installNginx();
  const config = prepareNginx(folder, {
    ...{ ...own, listen: `127.0.0.1:${String(port)}`, addresses: "127.0." },
    port: (verifier.address() as AddressInfo).port,
    patience: "1s",
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

interface Said {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

async function readAll(response: IncomingMessage): Promise<Said> {
  let text = "";
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode, headers: response.headers, text };
}

interface Sending {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function send(path: string, { method, headers, body }: Sending = {}): Promise<Said> {
  const call = request({
    ...{ host: "127.0.0.1", port, servername: PEOPLE, path, method: method ?? "GET" },
    ...{ agent: false, ca: own.certificate, checkServerIdentity: () => undefined },
    headers: { Host: PEOPLE, "X-Request-Id": "window-3", ...headers },
  });
  return readAll((await once(call.end(body), "response"))[0] as IncomingMessage);
}

/** As a verifier would say it, but for the place. Of a call that can't be read the caller's own id isn't known. */
function expectProblem(said: Said, code: ProblemCode, language: "zh-CN" | "en" = "zh-CN"): void {
  const problem = new Problem(code, "nginx");
  const id = String(said.headers["x-request-id"]);
  expect(id).toMatch(/^(?:window-3|[0-9a-f]{32})$/);
  const { detail: _detail, ...words } = problemDocument(problem, id, language);
  expect(JSON.parse(said.text)).toEqual(words);
  expect(said.status).toBe(words.status);
  expect(said.headers).toMatchObject({
    "content-type": "application/problem+json; charset=utf-8",
    "content-language": language,
    "cache-control": "no-store",
  });
}

const CODED: Sending = { method: "POST", headers: { "Transfer-Encoding": "gzip, chunked" } };
const MANY = "x".repeat(9_000);

describe("what nginx refuses by itself is told as the API tells it", () => {
  it.each<readonly [string, ProblemCode, string, Sending]>([
    [
      "a body of more than 2 MB",
      "BODY_TOO_LARGE",
      "/v1/verifications",
      { method: "POST", body: "x".repeat(2_100_000) },
    ],
    ["an address of 9,000 characters", "HEADERS_TOO_LARGE", `/v1/types?x=${MANY}`, {}],
    ["a header of 9,000 characters", "HEADERS_TOO_LARGE", "/", { headers: { Cookie: MANY } }],
    ["a method that is for nobody", "METHOD_NOT_ALLOWED", "/v1/types", { method: "TRACE" }],
    ["what is for operators", "FORBIDDEN", "/readyz", {}],
    ["a name that is none", "HTTP_MALFORMED", "/", { headers: { Host: "a b" } }],
    ["a coding that it does not know", "HTTP_MALFORMED", "/", CODED],
  ])("%s: %s", async (_, code, path, sending) => {
    expectProblem(await send(path, sending), code);
  });

  it("in English to who asks for it", async () => {
    const headers = { "Accept-Language": "en-GB,zh;q=0.5" };
    expectProblem(await send("/readyz", { headers }), "FORBIDDEN", "en");
  });

  it("over HTTP/2 too: BODY_TOO_LARGE", async () => {
    const session = connectHttp2(`https://127.0.0.1:${String(port)}`, {
      ...{ servername: PEOPLE, ca: own.certificate, checkServerIdentity: () => undefined },
    });
    const path = { ":method": "POST", ":path": "/v1/verifications", ":authority": PEOPLE };
    const call = session.request({ ...path, "content-length": "2100000" });
    // It answers before all of it was sent.
    call.on("error", () => undefined).end("x".repeat(2_100_000));
    const [head] = await once(call, "response");
    const headers = head as IncomingHttpHeaders;
    let text = "";
    for await (const chunk of call) text += String(chunk);
    expectProblem({ status: Number(headers[":status"]), headers, text }, "BODY_TOO_LARGE");
    session.destroy();
  });

  it("a call without TLS: HTTP_MALFORMED", async () => {
    const call = plainRequest({ host: "127.0.0.1", port, headers: { "X-Request-Id": "window-3" } });
    const [response] = await once(call.end(), "response");
    expectProblem(await readAll(response as IncomingMessage), "HTTP_MALFORMED");
  });

  it("not what a verifier says: that comes through as it is", async () => {
    const said = await send("/unready", { method: "POST" });
    expect([said.status, said.text]).toEqual([503, "in its own words"]);
  });

  it("too many calls at once, and when to come again: TOO_MANY_REQUESTS", async () => {
    const refused: Said[] = [];
    const all = Array.from({ length: CONNECTIONS + 1 }, async () => {
      const said = await send("/held");
      if (said.status === 429) refused.push(said);
    });
    await untilSo("one is refused", () => Promise.resolve(refused.length > 0));
    isHolding = false;
    for (const answer of held.splice(0)) answer();
    await Promise.all(all);
    for (const said of refused) {
      expectProblem(said, "TOO_MANY_REQUESTS");
      expect(said.headers["retry-after"]).toBe("1");
    }
  });

  it.each(["/silent", "/broken"])(
    "no answer of any verifier, with when to ask again, never a verdict: SERVER_UNREACHABLE for %s",
    async (path) => {
      const said = await send(path, { method: "POST" });
      expectProblem(said, "SERVER_UNREACHABLE");
      expect(said.headers["retry-after"]).toBe("1");
      expect(said.text).toContain("这与证照真伪无关");
    },
  );

  it("and whoever uses the client is told that nobody answered, after it was tried again", async () => {
    let asked = 0;
    const ask: typeof fetch = async (url, init = {}) => {
      asked++;
      const headers = Object.fromEntries(new Headers(init.headers));
      const said = await send(new URL(url).pathname, { method: "POST", headers });
      const told = said.headers as Record<string, string>;
      return new Response(said.text, { status: said.status ?? 0, headers: told });
    };
    const servers = [`https://${PEOPLE}/broken`];
    const client = new VerifierClient({ servers, key: "k", attempts: 2, fetch: ask });
    await expect(client.verify({ presentation: "LZ1:" })).rejects.toMatchObject({
      ...{ name: "ServiceUnreachable", retryAfterMs: 1_000 },
      cause: { code: "SERVER_UNREACHABLE" },
    });
    expect(asked).toBe(2);
  });

  it("and whoever runs `lz verify --server` ends as at a server that is off: nothing on a verdict", async () => {
    const file = join(folder, "certificate.lzc.json");
    writeFileSync(file, JSON.stringify(certificateToJson(usual.bearer)));
    const server = `https://localhost:${String(port)}/broken`;
    const env = { NODE_EXTRA_CA_CERTS: join(folder, "fullchain.pem") };
    const args = ["verify", file, "--server", server];
    const { exitCode, stdout, stderr } = await runCommand(folder, args, { env });
    expect([exitCode, stdout]).toEqual([69, ""]);
    expect(stderr).toContain("SERVER_UNREACHABLE");
  });
});
