/** Asks a verifier over REST: one call. */
import { Problem } from "../../core/problem.ts";

const DEFAULT_TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 4_000_000;

/**
 * @param body as POST /v1/verifications takes it
 * @returns the answer's JSON
 * @throws Problem SERVER_UNREACHABLE, SERVER_FAULT with what the server said
 */
export async function postVerification(
  server: string,
  body: unknown,
  timeoutMs = DEFAULT_TIMEOUT_MS,
): Promise<unknown> {
  const url = `${server.replace(/\/+$/, "")}/v1/verifications`;
  if (!URL.canParse(server) || !/^https?:/.test(server))
    throw new Problem("USAGE", `--server ${server}: an address expected`);
  const { isOk, status, text } = await post(url, JSON.stringify(body), timeoutMs);
  const json = parse(text, url);
  if (isOk && isAnswer(json)) return json;
  const { code, detail } = (json ?? {}) as { readonly code?: unknown; readonly detail?: unknown };
  const said = [code ?? status, detail ?? ""].map(String).join(" ").trim();
  throw new Problem("SERVER_FAULT", `${url}: ${said.slice(0, 300)}`);
}

/** Whoever answers otherwise is no verifier. */
function isAnswer(json: unknown): boolean {
  const { verdict } = (json ?? {}) as { readonly verdict?: unknown };
  return verdict === "accepted" || verdict === "rejected" || verdict === "indeterminate";
}

interface Reply {
  readonly isOk: boolean;
  readonly status: number;
  readonly text: string;
}

async function post(url: string, body: string, timeoutMs: number): Promise<Reply> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body,
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { isOk: response.ok, status: response.status, text: await readBounded(response, url) };
  } catch (error) {
    throw error instanceof Problem ? error : new Problem("SERVER_UNREACHABLE", url, error);
  }
}

async function readBounded(response: Response, url: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += (part as Uint8Array).length;
    if (bytes > MAX_ANSWER_BYTES)
      throw new Problem("SERVER_FAULT", `${url}: the answer is too long`);
    parts.push(part as Uint8Array);
  }
  return Buffer.concat(parts).toString("utf8");
}

function parse(text: string, url: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem("SERVER_FAULT", `${url}: the answer is not JSON`, error);
  }
}
