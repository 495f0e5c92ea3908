/** One call of a verification service over REST: bounded in time and bytes, followed nowhere else. */
import { PROBLEMS } from "../../core/problem-codes.ts";
import type { ProblemCode } from "../../core/problem-codes.ts";
import { Problem } from "../../core/problem.ts";
import { AnswerTooLong, readBounded } from "../exchange/read-bounded.ts";

export const DEFAULT_TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 4_000_000;
const MAX_DETAIL = 1_000;

export interface ServiceCall {
  readonly server: string;
  /** Begins with a slash. */
  readonly path: string;
  /** With a body it is posted. */
  readonly body?: unknown;
  /** The caller's API key; null asks as anyone. */
  readonly key?: string | null;
  readonly timeoutMs?: number;
}

export interface Reply {
  readonly url: string;
  readonly isOk: boolean;
  readonly status: number;
  readonly json: unknown;
}

/**
 * @returns what a 200 says
 * @throws Problem what the service says is wrong, in its own code; USAGE, SERVER_UNREACHABLE, SERVER_FAULT
 */
export async function callService(call: ServiceCall): Promise<unknown> {
  const reply = await exchange(call);
  if (reply.isOk) return reply.json;
  throw problemSaid(reply);
}

/** @throws Problem USAGE, SERVER_UNREACHABLE also where a proxy says so, SERVER_FAULT for what else is not JSON */
export async function exchange(call: ServiceCall): Promise<Reply> {
  const { server, path } = call;
  if (!URL.canParse(server) || !/^https?:/.test(server)) {
    throw new Problem("USAGE", `--server ${server}: an address expected`);
  }
  const url = `${server.replace(/\/+$/, "")}${path}`;
  const { isOk, status, text } = await send(url, call);
  return { url, isOk, status, json: parse(text, url, status) };
}

/** What the service says is wrong, in its own code; SERVER_FAULT where there is no such code. */
export function problemSaid(reply: Reply): Problem {
  const { code, detail } = saidBy(reply.json);
  if (!isKnown(code)) return serverFault(reply);
  const said = typeof detail === "string" ? detail : reply.url;
  return new Problem(code, said.slice(0, MAX_DETAIL));
}

/** Names the code and the detail, whatever they are. */
function serverFault({ url, status, json }: Reply): Problem {
  const { code, detail } = saidBy(json);
  const said = [code ?? status, detail ?? ""].map(String).join(" ").trim();
  return new Problem("SERVER_FAULT", `${url}: ${said.slice(0, 300)}`);
}

function saidBy(json: unknown): { readonly code?: unknown; readonly detail?: unknown } {
  return json ?? {};
}

function isKnown(code: unknown): code is ProblemCode {
  return typeof code === "string" && Object.hasOwn(PROBLEMS, code);
}

interface Sent extends Pick<Reply, "isOk" | "status"> {
  readonly text: string;
}

async function send(
  url: string,
  { body, key = null, timeoutMs = DEFAULT_TIMEOUT_MS }: ServiceCall,
): Promise<Sent> {
  try {
    const response = await fetch(url, {
      ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
      headers: {
        ...(body !== undefined && { "content-type": "application/json" }),
        accept: "application/json",
        ...(key !== null && { authorization: `Bearer ${key}` }),
      },
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = (await readBounded(response.body, MAX_ANSWER_BYTES)).toString("utf8");
    return { isOk: response.ok, status: response.status, text };
  } catch (error) {
    if (error instanceof AnswerTooLong) {
      throw new Problem("SERVER_FAULT", `${url}: ${error.message}`, error);
    }
    throw new Problem("SERVER_UNREACHABLE", url, error);
  }
}

/** What a proxy says in a language of its own where none of its servers answers (RFC 9110, 15.6.3 to 15.6.5). */
const NOBODY_ANSWERED: readonly number[] = [502, 503, 504];

function parse(text: string, url: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const code = NOBODY_ANSWERED.includes(status) ? "SERVER_UNREACHABLE" : "SERVER_FAULT";
    throw new Problem(code, `${url}: ${String(status)}, and the answer is not JSON`, error);
  }
}
