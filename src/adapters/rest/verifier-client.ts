/** Asks a verifier over REST: one call. */
import { Problem } from "../../core/problem.ts";

const TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 4_000_000;

/**
 * @param body as POST /v1/verifications takes it
 * @returns the answer's JSON
 * @throws Problem SERVER_UNREACHABLE, SERVER_FAULT with what the server said
 */
export async function postVerification(server: string, body: unknown): Promise<unknown> {
  const url = `${server.replace(/\/+$/, "")}/v1/verifications`;
  if (!URL.canParse(url)) throw new Problem("USAGE", `--server ${server}: an address expected`);
  const response = await post(url, JSON.stringify(body));
  const text = await readBounded(response, url);
  const json = parse(text, url);
  if (response.ok) return json;
  const { code, detail } = json as { readonly code?: string; readonly detail?: string };
  const said = `${code ?? String(response.status)} ${detail ?? ""}`.trim();
  throw new Problem("SERVER_FAULT", `${url}: ${said.slice(0, 300)}`);
}

async function post(url: string, body: string): Promise<Response> {
  try {
    return await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body,
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    throw new Problem("SERVER_UNREACHABLE", url, error);
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
