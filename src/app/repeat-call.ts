/**
 * A call that its caller may repeat when the connection broke before the answer came: under the same key the same
 * answer is given again for a minute, and nothing is done twice. Where whoever worked on it died, the repeat goes
 * on with the work as the same call, so that what the first one had used up is not lost.
 */
import { toHex } from "../core/encoding/bytes.ts";
import { Problem } from "../core/problem.ts";
import type { Clock } from "../ports/clock.ts";
import type { Attempt, RepeatedCall, RepeatedCalls } from "../ports/repeated-calls.ts";
import type { ServiceKeys } from "../ports/service-keys.ts";

export type { Attempt };

/** Long enough for a client to turn to another instance, short for what holds claims. */
export const REPEATABLE_SECONDS = 60;
/** After so long without a sign of life another goes on with the work: within a caller's patience. */
const LEASE_MILLISECONDS = 5_000;
const RENEWALS_IN_LEASE = 3;
const DOMAIN = "repeated-call";

export interface RepeatTools {
  readonly calls: RepeatedCalls;
  readonly keys: Pick<ServiceKeys, "pseudonym" | "seal" | "open">;
  readonly clock: Clock;
  readonly leaseMilliseconds?: number;
}

/** Whose call it is, under which key of his, and what he asks. */
export interface NamedCall {
  readonly client: string;
  readonly key: string;
  readonly path: string;
  readonly body: unknown;
}

/**
 * @param work is done by the first caller with that key, or by the next one where that one failed or died: what is
 * good once must be good for every attempt at the same call
 * @throws Problem REPEAT_DIFFERS where the key was used for another request, REPEAT_UNDER_WAY while another
 * attempt is being worked on
 */
export async function repeatable<T>(
  tools: RepeatTools,
  { client, key, path, body }: NamedCall,
  work: (attempt: Attempt) => T,
): Promise<Awaited<T>> {
  const name = (parts: unknown): string => {
    return toHex(tools.keys.pseudonym(DOMAIN, new TextEncoder().encode(JSON.stringify(parts))));
  };
  const now = tools.clock.now();
  const named = { key: name([client, key]), request: name([path, body]) };
  const call = name([client, key, path, body, now]);
  const { leaseMilliseconds = LEASE_MILLISECONDS } = tools;
  const times = { expiresAt: now + REPEATABLE_SECONDS, leaseMilliseconds };
  const begun = await tools.calls.begin({ ...named, call, ...times }, now);
  if ("call" in begun) return attempted({ ...tools, leaseMilliseconds }, named.key, begun, work);
  return answeredBefore(tools, named, begun) as Awaited<T>;
}

function answeredBefore(
  { keys }: RepeatTools,
  { key, request }: { readonly key: string; readonly request: string },
  before: RepeatedCall,
): unknown {
  if (before.request !== request) {
    throw new Problem("REPEAT_DIFFERS", "header.Idempotency-Key: used for another request");
  }
  const opened = before.answer === null ? null : unseal(keys, key, before.answer);
  if (opened === null) throw new Problem("REPEAT_UNDER_WAY", "header.Idempotency-Key: in use");
  return opened.answer;
}

async function attempted<T>(
  tools: Required<RepeatTools>,
  key: string,
  attempt: Attempt,
  work: (attempt: Attempt) => T,
): Promise<Awaited<T>> {
  const renewal = renewed(tools, key, attempt);
  try {
    const answer = await workOrRelease(tools.calls, key, attempt, work);
    return await keptFirst(tools, key, attempt, answer);
  } finally {
    clearInterval(renewal);
  }
}

/** Who is slow but alive keeps others from the work; where the store can't be told, the lease runs out. */
function renewed(
  { calls, leaseMilliseconds }: Required<RepeatTools>,
  key: string,
  attempt: Attempt,
): ReturnType<typeof setInterval> {
  return setInterval(() => {
    calls.renew(key, attempt, leaseMilliseconds).catch(() => undefined);
  }, leaseMilliseconds / RENEWALS_IN_LEASE);
}

async function workOrRelease<T>(
  calls: RepeatedCalls,
  key: string,
  attempt: Attempt,
  work: (attempt: Attempt) => T,
): Promise<Awaited<T>> {
  try {
    return await work(attempt);
  } catch (error) {
    // The caller is to know what went wrong with the work; the lease runs out by itself.
    await calls.release(key, attempt).catch(() => undefined);
    throw error;
  }
}

/** All attempts at one call answer alike: as the one that ended first. */
async function keptFirst<T>(
  { calls, keys }: RepeatTools,
  key: string,
  attempt: Attempt,
  answer: T,
): Promise<T> {
  const bytes = new TextEncoder().encode(JSON.stringify(answer));
  // The work is done and its caller is to know, also where nobody could be told again.
  const before = await calls.keep(key, attempt, keys.seal(sealName(key), bytes)).catch(() => null);
  const opened = before === null ? null : unseal(keys, key, before);
  return opened === null ? answer : (opened.answer as T);
}

function unseal(
  keys: RepeatTools["keys"],
  key: string,
  sealed: Uint8Array,
): { readonly answer: unknown } | null {
  const bytes = keys.open(sealName(key), sealed);
  return bytes && { answer: JSON.parse(new TextDecoder().decode(bytes)) as unknown };
}

function sealName(key: string): string {
  return `${DOMAIN}/${key}`;
}
