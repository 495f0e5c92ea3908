/** Trust packs in a browser: fetched from the service, checked against its pinned keys, kept, and made a view. */
import { Problem, toProblem } from "../../core/problem.ts";
import type { Selection } from "../../core/trust-pack/selection.ts";
import type { TrustPack } from "../../core/trust-pack/trust-pack.ts";
import { TRUST_PACK_MEDIA_TYPE, openPack } from "../../core/trust-pack/trust-pack.ts";
import type { HeldTrust } from "../../core/trust-pack/unpack.ts";
import { unpackTrust } from "../../core/trust-pack/unpack.ts";
import type { LedgerView } from "../../core/verify/case.ts";
import { withSignatures } from "./judge-in-page.ts";
import type { ServiceKey } from "./judging-store.ts";
import { BATCH_PREFIX } from "./judging-store.ts";
import { loadHashes } from "./page-primitives.ts";
import type { KeyState, PackTools } from "./pinned-keys.ts";
import { fetchKeys, fingerprintOf, pinNewKeys, pinnedKeys, pointOf } from "./pinned-keys.ts";

export type { KeyState, PackTools } from "./pinned-keys.ts";

/** A day: past it a pack says 'can't tell', unless somebody set another limit. */
export const MAX_PACK_AGE_SECONDS = 86_400;
/** After so many increments the pack is fetched whole again. */
const MOST_PACKS = 64;
const WHOLE_TIMEOUT_MS = 120_000;
/** Whoever looks at one code waits for it. */
const BATCH_TIMEOUT_MS = 4_000;

export interface HeldPack {
  readonly view: LedgerView;
  /** When a node last confirmed what it says, in seconds since 1970. */
  readonly asOf: number;
  readonly source: "network" | "kept";
  /** Why the network gave none; null where it did. */
  readonly trouble: Problem | null;
  readonly keys: KeyState;
  readonly held: HeldTrust;
}

type Batch = NonNullable<Selection["batch"]>;

/** For one batch, with all that a verdict on it needs; null where there is neither a network nor one kept. */
export function batchPack(tools: PackTools, batch: Batch): Promise<HeldPack | null> {
  return freshPack(tools, { region: null, type: null, batch }, BATCH_TIMEOUT_MS);
}

/** What is kept of a selection, without asking anyone; null where nothing is, or nothing that can be read. */
export async function keptPack(tools: PackTools, selection: Selection): Promise<HeldPack | null> {
  const [kept, keys] = await Promise.all([
    tools.store.packs(nameOf(selection)),
    tools.store.keys(tools.server),
  ]);
  if (kept === null || keys === null) return null;
  try {
    const held = await openAll(kept.packs, keys);
    return await heldOf(held, "kept", keys);
  } catch {
    // It is fetched again.
    return null;
  }
}

/** What the service says now, or what came after what is kept; where it can't be had, what is kept. */
export async function freshPack(
  tools: PackTools,
  selection: Selection,
  timeoutMs = WHOLE_TIMEOUT_MS,
  before?: HeldPack | null,
): Promise<HeldPack | null> {
  const known = before ?? (await keptPack(tools, selection));
  try {
    const pack = await fetchOn(tools, selection, known, timeoutMs);
    return pack.isWhole ? await withLatest(tools, selection, pack, timeoutMs) : pack;
  } catch (error) {
    const trouble = toProblem(error);
    if (known === null && trouble.code === "SERVER_UNREACHABLE") return null;
    if (known === null) throw trouble;
    const keys = await keyStateOf(tools, trouble, known.keys);
    return { ...known, source: "kept", trouble, keys };
  }
}

/** The person compared the fingerprint with what the service's operator says. @throws Problem SERVER_… */
export async function trustNewKeys(tools: PackTools): Promise<KeyState> {
  const [first] = await pinNewKeys(tools);
  return { fingerprint: first === undefined ? "" : await fingerprintOf(first), changed: null };
}

/** A whole pack is given out again for a minute: what happened since comes after it. */
async function withLatest(
  tools: PackTools,
  selection: Selection,
  pack: HeldPack,
  timeoutMs: number,
): Promise<HeldPack> {
  return fetchOn(tools, selection, pack, timeoutMs).catch(() => pack);
}

interface FetchedPack extends HeldPack {
  readonly isWhole: boolean;
}

async function fetchOn(
  tools: PackTools,
  selection: Selection,
  before: HeldPack | null,
  timeoutMs: number,
): Promise<FetchedPack> {
  const keys = await pinnedKeys(tools);
  const name = nameOf(selection);
  const kept = before === null ? null : await tools.store.packs(name);
  const after = kept !== null && kept.packs.length < MOST_PACKS ? before : null;
  const bytes = await fetchPack(tools, selection, after?.held.place ?? null, timeoutMs);
  const pack = await openSigned(bytes, keys).catch(async (refusal: unknown) => {
    throw await otherKey(tools, bytes, refusal);
  });
  const held = unpackTrust(pack, after?.held ?? null);
  const isWhole = pack.head.after === null;
  const packs = isWhole ? [bytes] : [...(kept?.packs ?? []), bytes];
  await tools.store.keepPacks(name, { packs, keptAt: tools.now() });
  return { ...(await heldOf(held, "network", keys)), isWhole };
}

/** A pack that the service's new key signed is told apart from one that nobody's key did. */
class OtherKey extends Problem {
  readonly fingerprint: string;

  constructor(fingerprint: string, cause: unknown) {
    super("TRUST_PACK_INVALID", "the service signs with a key that is not pinned here", cause);
    this.fingerprint = fingerprint;
  }
}

async function otherKey(tools: PackTools, bytes: Uint8Array, refusal: unknown): Promise<unknown> {
  for (const key of await fetchKeys(tools)) {
    const opened = await openSigned(bytes, [key]).catch(() => null);
    if (opened !== null) return new OtherKey(await fingerprintOf(key), refusal);
  }
  return refusal;
}

async function keyStateOf(
  { store, server }: PackTools,
  trouble: Problem,
  known: KeyState,
): Promise<KeyState> {
  if (!(trouble instanceof OtherKey)) return known;
  const [first] = (await store.keys(server)) ?? [];
  const fingerprint = first === undefined ? known.fingerprint : await fingerprintOf(first);
  return { fingerprint, changed: trouble.fingerprint };
}

/** The key with which a service signs that is not pinned here, where that is why its pack was not taken. */
export function changedKeyIn(error: unknown): string | null {
  return error instanceof OtherKey ? error.fingerprint : null;
}

async function heldOf(
  held: HeldTrust,
  source: HeldPack["source"],
  [first]: readonly ServiceKey[],
): Promise<HeldPack> {
  const fingerprint = first === undefined ? "" : await fingerprintOf(first);
  const keys = { fingerprint, changed: null };
  return { view: held.view, asOf: held.view.asOf, source, trouble: null, keys, held };
}

async function openAll(
  packs: readonly Uint8Array[],
  keys: readonly ServiceKey[],
): Promise<HeldTrust> {
  let held: HeldTrust | null = null;
  for (const bytes of packs) held = unpackTrust(await openSigned(bytes, keys), held);
  if (held === null) throw new Problem("TRUST_PACK_INVALID", "nothing is kept");
  return held;
}

/** @throws Problem TRUST_PACK_INVALID for what none of the keys signed */
export async function openSigned(
  bytes: Uint8Array,
  keys: readonly ServiceKey[],
): Promise<TrustPack> {
  let refusal: unknown = new Problem("TRUST_PACK_INVALID", "no key of the service is known");
  const hashes = await loadHashes();
  for (const key of keys) {
    const opened = await withSignatures(hashes, (primitives) => {
      try {
        return { pack: openPack(bytes, pointOf(key), primitives) };
      } catch (error) {
        return { error };
      }
    });
    if ("pack" in opened) return opened.pack;
    refusal = opened.error;
  }
  throw refusal;
}

/** @throws Problem SERVER_UNREACHABLE, SERVER_FAULT */
async function fetchPack(
  { server, fetch: send = fetch }: PackTools,
  selection: Selection,
  after: string | null,
  timeoutMs: number,
): Promise<Uint8Array> {
  const url = `${server}/v1/trust-pack?${queryOf(selection, after)}`;
  try {
    const response = await send(url, {
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.headers.get("content-type") === TRUST_PACK_MEDIA_TYPE) {
      return new Uint8Array(await response.arrayBuffer());
    }
    throw new Problem("SERVER_FAULT", `${url}: ${String(response.status)}`);
  } catch (error) {
    throw error instanceof Problem ? error : new Problem("SERVER_UNREACHABLE", url, error);
  }
}

function queryOf({ region, type, batch }: Selection, after: string | null): string {
  const asked = { region, type, agency: batch?.agency, root: batch?.root, after };
  const said = Object.entries(asked).filter((entry): entry is [string, string] => {
    return typeof entry[1] === "string";
  });
  return new URLSearchParams(said).toString();
}

function nameOf({ region, type, batch }: Selection): string {
  if (batch !== null) return `${BATCH_PREFIX}${batch.agency} ${batch.root}`;
  return `region ${region ?? "all"} type ${type ?? "all"}`;
}
