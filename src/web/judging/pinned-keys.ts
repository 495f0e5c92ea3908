/**
 * The keys of a verification service, pinned when this browser met it first: from then on only what they signed is
 * taken, and another key is told to the person, who may compare it and take it.
 */
import { fromBase64Url, toHex } from "../../core/encoding/bytes.ts";
import type { P256PublicKey } from "../../core/hashing.ts";
import { Problem } from "../../core/problem.ts";
import type { PackStore, ServiceKey } from "./judging-store.ts";
import { loadHashes } from "./page-primitives.ts";

export interface PackTools {
  /** The service's origin, without a slash at its end. */
  readonly server: string;
  readonly store: PackStore;
  /** Seconds since 1970. */
  readonly now: () => number;
  readonly fetch?: typeof fetch;
}

export interface KeyState {
  /** Of the pinned key that signs; for people to compare: eight groups of four digits. */
  readonly fingerprint: string;
  /** Of a key that is not pinned, and with which the service signs now; null where there is none. */
  readonly changed: string | null;
}

const TIMEOUT_MS = 10_000;
const GROUPS = 8;
const utf8 = new TextEncoder();

/** The pinned ones; at the first time those that the service says. @throws Problem SERVER_… */
export async function pinnedKeys(tools: PackTools): Promise<readonly ServiceKey[]> {
  return (await tools.store.keys(tools.server)) ?? (await pinNewKeys(tools));
}

/** Takes the keys that the service says now. @throws Problem SERVER_… */
export async function pinNewKeys(tools: PackTools): Promise<readonly ServiceKey[]> {
  const keys = await fetchKeys(tools);
  await tools.store.pinKeys(tools.server, keys);
  return keys;
}

/** @throws Problem SERVER_… */
export async function fetchKeys({
  server,
  fetch: send = fetch,
}: Pick<PackTools, "server" | "fetch">): Promise<ServiceKey[]> {
  const url = `${server}/v1/keys`;
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await send(url, { redirect: "error", signal }).catch((error: unknown) => {
    throw new Problem("SERVER_UNREACHABLE", url, error);
  });
  const said: unknown = await response.json().catch(() => null);
  const keys = keysIn(said);
  if (response.ok && keys.length > 0) return keys;
  throw new Problem("SERVER_FAULT", `${url}: ${String(response.status)}`);
}

function keysIn(said: unknown): ServiceKey[] {
  const { keys } = (said ?? {}) as { readonly keys?: unknown };
  if (!Array.isArray(keys)) return [];
  return keys.flatMap((key: Readonly<Record<string, unknown>>) => {
    const { x, y } = key;
    return typeof x === "string" && typeof y === "string" ? [{ x, y }] : [];
  });
}

export function pointOf({ x, y }: ServiceKey): P256PublicKey {
  return { x: fromBase64Url(x) ?? new Uint8Array(), y: fromBase64Url(y) ?? new Uint8Array() };
}

/** Of the key's thumbprint (RFC 7638) the first 128 bits. */
export async function fingerprintOf({ x, y }: ServiceKey): Promise<string> {
  const { sha256 } = await loadHashes();
  const digits = toHex(sha256(utf8.encode(`{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`)));
  const groups = digits.toUpperCase().match(/.{4}/g) ?? [];
  return groups.slice(0, GROUPS).join(" ");
}
