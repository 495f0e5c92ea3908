/** Trust packs on a device: fetched from a verifier, kept in a file with what came later, and judged on. */
import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { jsonObject } from "../adapters/keys/key-description.ts";
import { callService } from "../adapters/rest/service-client.ts";
import { fetchTrustPack } from "../adapters/rest/trust-pack-client.ts";
import { makeFolder, writeDurably } from "../adapters/store/durable-file.ts";
import { fromBase64Url } from "../core/encoding/bytes.ts";
import { decodeCbor, encodeCbor } from "../core/encoding/cbor.ts";
import type { CborValue } from "../core/encoding/cbor.ts";
import { FormatError } from "../core/encoding/format-error.ts";
import type { P256PublicKey } from "../core/hashing.ts";
import { Problem } from "../core/problem.ts";
import { openPack } from "../core/trust-pack/trust-pack.ts";
import type { HeldTrust } from "../core/trust-pack/unpack.ts";
import { unpackTrust } from "../core/trust-pack/unpack.ts";
import { primitives } from "./system.ts";

/** After so many increments the pack is fetched whole again. */
const MOST_PACKS = 64;

export interface PackOrder {
  readonly server: string;
  readonly region?: string;
  readonly type?: string;
  /** Where it is kept; the service's public keys are kept beside it. */
  readonly file: string;
}

export interface SavedPack {
  readonly held: HeldTrust;
  /** How many bytes came over the network, before compression. */
  readonly fetched: number;
  /** Whether it was added to what was held. */
  readonly isIncrement: boolean;
}

/**
 * The keys are those beside the file: the first time they are asked of the service, and from then on only what
 * they signed is taken.
 * @throws Problem TRUST_PACK_INVALID, SERVER_…, DISK_FAILED
 */
export async function saveTrustPack({ server, file, ...asked }: PackOrder): Promise<SavedPack> {
  await makeFolder(dirname(file));
  if (!existsSync(keysFile(file))) await saveKeys(server, file);
  const before = await heldFor(file, asked);
  const after = before === null ? {} : { after: before.held.place };
  const bytes = await fetchTrustPack(server, { ...asked, ...after });
  const held = opened(bytes, keysOf(file), before?.held ?? null);
  const isIncrement = before !== null && headOf(bytes, keysOf(file)).after !== null;
  const packs = isIncrement ? [...before.packs, bytes] : [bytes];
  await writeDurably(file, encodeCbor(packs));
  return { held, fetched: bytes.length, isIncrement };
}

/** @throws Problem FILE_NOT_FOUND, TRUST_PACK_INVALID for what the keys beside it did not sign */
export function readTrustPack(file: string): HeldTrust {
  const [whole, ...increments] = packsIn(file);
  const keys = keysOf(file);
  let held = opened(whole as Uint8Array, keys, null);
  for (const increment of increments) held = opened(increment, keys, held);
  return held;
}

interface Kept {
  readonly held: HeldTrust;
  readonly packs: readonly Uint8Array[];
}

/** Null where nothing fitting is held: then the pack is fetched whole. */
async function heldFor(
  file: string,
  {
    region = null,
    type = null,
  }: { readonly region?: string | null; readonly type?: string | null },
): Promise<Kept | null> {
  if (!existsSync(file)) return null;
  const packs = packsIn(file);
  const held = readTrustPack(file);
  const { selection } = held;
  const isSame = selection.region === region && selection.type === type;
  return Promise.resolve(isSame && packs.length < MOST_PACKS ? { held, packs } : null);
}

function packsIn(file: string): readonly Uint8Array[] {
  if (!existsSync(file)) throw new Problem("FILE_NOT_FOUND", file);
  const packs = listIn(readFileSync(file), file);
  const areBytes = packs.every((pack): pack is Uint8Array => pack instanceof Uint8Array);
  if (areBytes && packs.length > 0) return packs;
  throw new Problem("TRUST_PACK_INVALID", `${file}: no trust pack`);
}

function listIn(bytes: Uint8Array, file: string): readonly CborValue[] {
  try {
    const value = decodeCbor(bytes, "file");
    return Array.isArray(value) ? (value as readonly CborValue[]) : [];
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new Problem("TRUST_PACK_INVALID", `${file}: ${error.message}`, error);
  }
}

/** By any of the service's keys: which one signed is said in what it signed. */
function opened(
  bytes: Uint8Array,
  keys: readonly P256PublicKey[],
  before: HeldTrust | null,
): HeldTrust {
  return unpackTrust(packBy(bytes, keys), before);
}

function headOf(bytes: Uint8Array, keys: readonly P256PublicKey[]) {
  return packBy(bytes, keys).head;
}

function packBy(bytes: Uint8Array, keys: readonly P256PublicKey[]) {
  let refusal: unknown = new Problem("TRUST_PACK_INVALID", "no key of the service is known");
  for (const key of keys) {
    try {
      return openPack(bytes, key, primitives);
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal;
}

function keysFile(file: string): string {
  return `${file}.keys.json`;
}

async function saveKeys(server: string, file: string): Promise<void> {
  const keys = await callService({ server, path: "/v1/keys" });
  await writeDurably(keysFile(file), `${JSON.stringify(keys, null, 2)}\n`);
}

/** A JWK set (RFC 7517, 5), as GET /v1/keys answers it. */
function keysOf(file: string): P256PublicKey[] {
  const name = keysFile(file);
  if (!existsSync(name)) throw new Problem("KEY_NOT_FOUND", name);
  const keys = jsonObject(readFileSync(name, "utf8"))?.["keys"];
  return (Array.isArray(keys) ? keys : []).flatMap((key: Readonly<Record<string, unknown>>) => {
    const [x, y] = [fromBase64Url(String(key["x"])), fromBase64Url(String(key["y"]))];
    return x === null || y === null ? [] : [{ x, y }];
  });
}
