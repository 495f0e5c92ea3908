/** Other verification services, asked over HTTPS at the address configured for each, and nowhere else. */
import { Problem } from "../../core/problem.ts";
import type { ReferencePeers } from "../../ports/presentation-requests.ts";
import { readBounded } from "../exchange/read-bounded.ts";

const TIMEOUT_MS = 3_000;
/** A presentation's text is 4,096 characters at most; each may be escaped in JSON. */
const MAX_ANSWER_BYTES = 65_536;
const TAKING_PATH = "/v1/references/taking";

/** @param peers host as a code names it → base address. */
export function referencePeers(
  peers: ReadonlyMap<string, string>,
  timeoutMs = TIMEOUT_MS,
): ReferencePeers {
  return {
    knows: (host) => peers.has(host),
    take: async (host, token, by) => {
      const base = peers.get(host);
      if (base === undefined) throw new Problem("REFERENCE_UNREACHABLE", `no peer ${host}`);
      const url = `${base.replace(/\/+$/, "")}${TAKING_PATH}`;
      const { status, text } = await post(
        host,
        url,
        { token, ...(by !== null && { taker: by }) },
        timeoutMs,
      );
      return status === 410 ? null : presentationOf(host, status, text);
    },
  };
}

interface Reply {
  readonly status: number;
  readonly text: string;
}

async function post(host: string, url: string, body: unknown, timeoutMs: number): Promise<Reply> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = new TextDecoder().decode(await readBounded(response.body, MAX_ANSWER_BYTES));
    return { status: response.status, text };
  } catch (error) {
    throw new Problem("REFERENCE_UNREACHABLE", host, error);
  }
}

/** Whoever answers otherwise says nothing about what the holder showed. */
function presentationOf(host: string, status: number, text: string): string {
  const presentation = status === 200 ? memberOf(text) : null;
  if (typeof presentation === "string") return presentation;
  throw new Problem("REFERENCE_UNREACHABLE", `${host}: status ${String(status)}`);
}

function memberOf(text: string): unknown {
  try {
    return (JSON.parse(text) as { readonly presentation?: unknown } | null)?.presentation;
  } catch {
    return null;
  }
}
