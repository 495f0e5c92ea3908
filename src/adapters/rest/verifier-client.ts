/** Asks a verifier over REST: one call. */
import { DEFAULT_TIMEOUT_MS, exchange, problemSaid } from "./service-client.ts";

/**
 * @param body as POST /v1/verifications takes it
 * @param key the caller's API key; null asks as anyone
 * @returns the answer's JSON
 * @throws Problem what the service says is wrong, in its own code; USAGE, SERVER_UNREACHABLE, SERVER_FAULT
 */
export async function postVerification(
  server: string,
  body: unknown,
  timeoutMs = DEFAULT_TIMEOUT_MS,
  key: string | null = null,
): Promise<unknown> {
  const reply = await exchange({ server, path: "/v1/verifications", body, timeoutMs, key });
  if (reply.isOk && isAnswer(reply.json)) return reply.json;
  throw problemSaid(reply);
}

/** Whoever answers otherwise is no verifier. */
function isAnswer(json: unknown): boolean {
  const { verdict } = (json ?? {}) as { readonly verdict?: unknown };
  return verdict === "accepted" || verdict === "rejected" || verdict === "indeterminate";
}
