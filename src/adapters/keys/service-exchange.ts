/** One question to a service that keeps keys: JSON over HTTP, its answer bounded in time and length. */
import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { Problem } from "../../core/problem.ts";
import { readBounded } from "../exchange/read-bounded.ts";

const MAX_ANSWER_BYTES = 1_000_000;
const MAX_SECRET_FILE_BYTES = 64_000;

/** Where the service is, and the files that say who asks. */
export interface ServiceAccess {
  readonly url: string;
  /** A bearer or service token. */
  readonly tokenFile?: string;
  /** Who vouches for the service, in PEM; without it whoever the system trusts. */
  readonly caFile?: string;
  /** Our own certificate and its key, in PEM. */
  readonly certificateFile?: string;
  readonly certificateKeyFile?: string;
}

export interface ServiceAnswer {
  readonly status: number;
  /** Undefined where it is no JSON. */
  readonly json: unknown;
}

export interface Question {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly timeoutMs: number;
}

/** @throws an error of the connection, a timeout, or a RangeError for an answer that is too long */
export async function askService(
  access: ServiceAccess,
  { url, headers, body, timeoutMs }: Question,
): Promise<ServiceAnswer> {
  const signal = AbortSignal.timeout(timeoutMs);
  const answer = await send(url, JSON.stringify(body), {
    ...{ method: "POST", signal, ...certificates(access) },
    headers: { "content-type": "application/json", accept: "application/json", ...headers },
  });
  const text = (await readBounded(answer, MAX_ANSWER_BYTES)).toString("utf8");
  return { status: answer.statusCode ?? 0, json: parsed(text) };
}

function certificates({ caFile, certificateFile, certificateKeyFile }: ServiceAccess): object {
  return {
    ...(caFile !== undefined && { ca: readSecret(caFile) }),
    ...(certificateFile !== undefined && { cert: readSecret(certificateFile) }),
    ...(certificateKeyFile !== undefined && { key: readSecret(certificateKeyFile) }),
  };
}

/** Most keys are in files: Node's HTTP is loaded only for those that are not. */
async function send(url: string, body: string, options: object): Promise<IncomingMessage> {
  const { request } = await (url.startsWith("https:") ? import("node:https") : import("node:http"));
  return new Promise((resolve, reject) => {
    const outgoing = request(url, options, resolve);
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @throws Problem KEY_NOT_FOUND, KEY_MALFORMED */
export function readSecret(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, "utf8").trim();
  } catch (error) {
    throw new Problem("KEY_NOT_FOUND", file, error);
  }
  if (text !== "" && text.length <= MAX_SECRET_FILE_BYTES) return text;
  throw new Problem("KEY_MALFORMED", `${file}: a token or PEM expected`);
}

/** @throws Problem KEY_MALFORMED: what is secret goes over TLS, or stays on this machine. */
export function requireSafeUrl(file: string, url: string, isSecret: boolean): void {
  const parsedUrl = URL.canParse(url) ? new URL(url) : null;
  const isHttp = parsedUrl?.protocol === "http:";
  if (parsedUrl === null || (!isHttp && parsedUrl.protocol !== "https:"))
    throw new Problem("KEY_MALFORMED", `${file}: url: an address with https:// expected`);
  if (parsedUrl.username !== "" || parsedUrl.password !== "")
    throw new Problem("KEY_MALFORMED", `${file}: url: no password in an address, name a tokenFile`);
  if (isHttp && isSecret && !isLoopback(parsedUrl.hostname))
    throw new Problem("KEY_MALFORMED", `${file}: url: https:// expected for another machine`);
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || (isIP(host) === 4 && host.startsWith("127."));
}

/** What a service says of itself, short, in one line, and never with a secret in it. */
export function quoted(said: unknown, secrets: readonly string[]): string {
  if (typeof said !== "string" || secrets.some((secret) => said.includes(secret))) return "";
  const line = said.replace(/[^\p{L}\p{N}\p{P}\p{S} ]+/gu, " ").slice(0, 200);
  return line === "" ? "" : `: ${line}`;
}
