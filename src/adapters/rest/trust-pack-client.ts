/** Fetches a trust pack from a verifier, however large: bounded in bytes and in time between them. */
import { TRUST_PACK_MEDIA_TYPE } from "../../core/trust-pack/trust-pack.ts";
import { Problem } from "../../core/problem.ts";

const MAX_BYTES = 256 * 2 ** 20;
/** A province over a thin line takes its time. */
const TIMEOUT_MS = 300_000;

/** @throws Problem USAGE, SERVER_UNREACHABLE, SERVER_FAULT for whoever answers otherwise. */
export async function fetchTrustPack(
  server: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  if (!URL.canParse(server) || !/^https?:/.test(server)) {
    throw new Problem("USAGE", `--server ${server}: an address expected`);
  }
  const query = new URLSearchParams(parameters).toString();
  const url = `${server.replace(/\/+$/, "")}/v1/trust-pack?${query}`;
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    return await readPack(await fetch(url, { redirect: "error", signal }), url);
  } catch (error) {
    throw error instanceof Problem ? error : new Problem("SERVER_UNREACHABLE", url, error);
  }
}

async function readPack(response: Response, url: string): Promise<Uint8Array> {
  if (response.headers.get("content-type") !== TRUST_PACK_MEDIA_TYPE) {
    const said = (await response.text()).slice(0, 300);
    throw new Problem("SERVER_FAULT", `${url}: ${String(response.status)} ${said}`);
  }
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += (part as Uint8Array).length;
    if (bytes > MAX_BYTES) throw new Problem("SERVER_FAULT", `${url}: the pack is too large`);
    parts.push(part as Uint8Array);
  }
  return new Uint8Array(Buffer.concat(parts));
}
