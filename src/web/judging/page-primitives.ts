/**
 * The primitives the core is handed in a page: hash-wasm for the hashes. Signatures are the page's own to
 * check, by WebCrypto, which does not answer at once: see judge-in-page.ts.
 */
import { createKeccak, createSHA256, createSM3 } from "hash-wasm";
import type { Hash, Primitives } from "../../core/hashing.ts";

export type Hashes = Pick<Primitives, "keccak256" | "sm3" | "sha256">;
type Hasher = Awaited<ReturnType<typeof createSM3>>;

let loaded: Promise<Hashes> | undefined;

/** Once for a page; the hashers are used again for each message. */
export function loadHashes(): Promise<Hashes> {
  return (loaded ??= load());
}

async function load(): Promise<Hashes> {
  const [keccak256, sm3, sha256] = await Promise.all([
    createKeccak(256),
    createSM3(),
    createSHA256(),
  ]);
  return { keccak256: hashOf(keccak256), sm3: hashOf(sm3), sha256: hashOf(sha256) };
}

function hashOf(hasher: Hasher): Hash {
  return (bytes) => hasher.init().update(bytes).digest("binary");
}
