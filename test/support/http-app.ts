/** The HTTP application on a real port, over a service that tests can bend. */
import { createServer, request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { CounterDesk } from "../../src/app/counter/counter-desk.ts";
import { repeatable } from "../../src/app/repeat-call.ts";
import { TrustPacks } from "../../src/app/trust-pack.ts";
import type { Primitives } from "../../src/core/hashing.ts";
import type { LedgerView } from "../../src/core/verify/case.ts";
import { createHttpApp } from "../../src/http/http-app.ts";
import type { AccessEntry, Fault, HttpService } from "../../src/http/http-service.ts";
import { SERVER_OPTIONS, configureServer } from "../../src/http/server-limits.ts";
import { accessOf } from "./access.ts";
import { MAX_LEDGER_AGE, SERVICE_KEYS, deskOver } from "./counter-desk.ts";
import { NOW } from "./ledger-story.ts";
import { findResponseFaults } from "./openapi.ts";
import { openServiceAt } from "./service-stores.ts";
import { usesDeskOver } from "./uses.ts";

export { MAX_LEDGER_AGE };

const coordinate = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64url"));
/** Who signs trust packs: /v1/keys has its public half. */
export const SIGNER = {
  keyId: SERVICE_KEYS.keyId,
  sign: (bytes: Uint8Array) => SERVICE_KEYS.sign(bytes),
  publicKey: {
    x: coordinate(SERVICE_KEYS.publicKey.x),
    y: coordinate(SERVICE_KEYS.publicKey.y),
  },
};

/** In a store that is opened when it is first asked, since most tests never do. */
function repeatIn({ keys, clock }: Pick<CounterDesk, "clock" | "keys">): HttpService["repeat"] {
  let opened: ReturnType<typeof openServiceAt> | null = null;
  return async (call, work) => {
    const { store } = await (opened ??= openServiceAt(":memory:"));
    const tools = { calls: store.repeatedCalls, keys: { ...SERVICE_KEYS, ...keys }, clock };
    return repeatable(tools, call, work);
  };
}

/** The real use case over a view that stands still; the clock says NOW. */
export function serviceOver(
  primitives: Primitives,
  view: LedgerView | null,
  changes: Partial<HttpService> = {},
): HttpService {
  const desk = deskOver(primitives, view);
  return {
    desk,
    uses: usesDeskOver(desk),
    access: accessOf({}),
    view: () => view,
    packs: new TrustPacks({ primitives, clock: desk.clock, keys: SIGNER }),
    statusEvents: async () => [],
    repeat: repeatIn(desk),
    isReady: () => view !== null && NOW - view.asOf <= MAX_LEDGER_AGE,
    status: () => ({ lastProblem: null }),
    now: () => desk.clock.now(),
    version: "0.0.0-test",
    ...changes,
  };
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON, loose enough for a test to look anywhere. */
  readonly json: Json;
}

export type Json = any;

export interface RawReply {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface RunningApp {
  readonly url: string;
  readonly port: number;
  readonly log: AccessEntry[];
  readonly faults: Fault[];
  /** Every reply is held against the service's own /openapi.json. */
  readonly get: (path: string, init?: RequestInit) => Promise<Reply>;
  readonly post: (body: unknown, init?: RequestInit) => Promise<Reply>;
  /** As fetch, but with any header, path and method, as no browser would send them. */
  readonly send: (
    path: string,
    headers?: Record<string, string>,
    method?: string,
  ) => Promise<RawReply>;
  readonly stop: () => Promise<void>;
}

function sendRaw(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  method = "GET",
): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const call = request({ host: "127.0.0.1", port, path, method, headers });
    call.on("error", reject).on("response", (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () => {
        resolve({ status: response.statusCode, headers: response.headers, text });
      });
    });
    call.end();
  });
}

export async function runHttpApp(service: HttpService): Promise<RunningApp> {
  const log: AccessEntry[] = [];
  const faults: Fault[] = [];
  const app = createHttpApp({
    ...service,
    log: (entry) => log.push(entry),
    report: (fault) => faults.push(fault),
  });
  return runApp(app.callback(), log, faults);
}

/** Any application of this project, on a port of its own; what it answers is held against its document. */
export async function runApp(
  handle: ReturnType<ReturnType<typeof createHttpApp>["callback"]>,
  log: AccessEntry[] = [],
  faults: Fault[] = [],
): Promise<RunningApp> {
  const server = createServer(SERVER_OPTIONS, handle);
  configureServer(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${String(port)}`;
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as Json;
  log.length = 0;
  const get = async (path: string, init: RequestInit = {}): Promise<Reply> => {
    const response = await fetch(url + path, init);
    const text = await response.text();
    const isJson = (response.headers.get("content-type") ?? "json").includes("json");
    const json = isJson && text !== "" ? JSON.parse(text) : isJson ? null : text;
    const reply = { status: response.status, headers: response.headers, text, json };
    const found = findResponseFaults(document, init.method ?? "GET", path, reply);
    if (found !== null) throw new Error(`${path} is not as documented: ${found}\n${text}`);
    return reply;
  };
  return {
    url,
    port,
    log,
    faults,
    get,
    post: (body, init = {}) =>
      get("/v1/verifications", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
        ...init,
      }),
    send: (path, headers, method) => sendRaw(port, path, headers, method),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
