/** Keccak-256 and SM3 of many messages of one length: ours, the limit and the peers. */
import { createHash, hash as nodeHash, randomFillSync } from "node:crypto";
import { keccak256 as ethersKeccak256 } from "ethers";
import { createKeccak, createSM3 } from "hash-wasm";
import { HashingKernel } from "../src/adapters/hashing/hashing-kernel.ts";
import { messageDigests } from "../src/adapters/hashing/message-digests.ts";
import type { SuiteId } from "../src/core/hashing.ts";
import type { Contestant } from "./compare.ts";
import { peer } from "./peers.ts";

const NOBLE = "2.4.0";
const MESSAGES = 2048;
/** What a peer hashes between two looks at the clock. */
const A_FEW = 32;
const LONG_BYTES = 1_000_000;

type HashOne = (message: Uint8Array) => Uint8Array | string;

export interface HashContest {
  readonly ours: Contestant;
  readonly others: readonly Contestant[];
}

/** @throws Error where two of them do not agree on a digest */
export async function hashContest(suite: SuiteId, length: number): Promise<HashContest> {
  const bytes = randomFillSync(new Uint8Array(MESSAGES * length));
  const ends = Uint32Array.from({ length: MESSAGES + 1 }, (_, i) => i * length);
  const kernel = new HashingKernel();
  const digests = new Uint8Array(MESSAGES * 32);
  const ours = (): number => {
    messageDigests(kernel, suite, { bytes, ends }, digests);
    return MESSAGES;
  };
  const peers = Object.entries(await (suite === 1 ? keccakPeers() : sm3Peers()));
  ours();
  const digest = toHex(digests.subarray(0, 32));
  for (const [name, hash] of peers) {
    requireDigest(name, toHex(hash(bytes.subarray(0, length))), digest);
  }
  return {
    ours: { name: "ours", run: ours },
    others: [
      limitOf(suite),
      ...peers.map(([name, hash]) => ({ name, run: () => hashSome(hash, bytes, length) })),
    ],
  };
}

function requireDigest(name: string, found: string, expected: string): void {
  if (found !== expected) throw new Error(`${name} gives ${found} instead of ${expected}`);
}

function hashSome(hash: HashOne, messages: Uint8Array, length: number): number {
  for (let i = 0; i < A_FEW; i++) hash(messages.subarray(i * length, (i + 1) * length));
  return A_FEW;
}

async function keccakPeers(): Promise<Record<string, HashOne>> {
  const hasher = await createKeccak(256);
  const noble = (await peer("@noble/hashes", NOBLE, "sha3.js")) as { keccak_256: HashOne };
  return {
    "hash-wasm": (message) => hasher.init().update(message).digest("binary"),
    "@noble/hashes": noble.keccak_256,
    ethers: ethersKeccak256,
  };
}

async function sm3Peers(): Promise<Record<string, HashOne>> {
  const hasher = await createSM3();
  return {
    "hash-wasm": (message) => hasher.init().update(message).digest("binary"),
    "node:crypto": (message) => nodeHash("sm3", message, "buffer"),
  };
}

/**
 * What native code does where nothing but hashing is to be done: the blocks of one long message. OpenSSL's
 * SHA3-256 has the permutation and the blocks of Keccak-256.
 */
function limitOf(suite: SuiteId): Contestant {
  const [name, block] = suite === 1 ? ["sha3-256", 136] : ["sm3", 64];
  const long = new Uint8Array(LONG_BYTES);
  return {
    name: `limit (OpenSSL ${name}, blocks of one long message)`,
    run: () => {
      createHash(name).update(long).digest();
      return LONG_BYTES / block;
    },
  };
}

function toHex(digest: Uint8Array | string): string {
  return typeof digest === "string"
    ? digest.replace("0x", "")
    : Buffer.from(digest).toString("hex");
}
