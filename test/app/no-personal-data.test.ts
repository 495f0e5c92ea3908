import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { codeToChain } from "../../src/adapters/chain/chain-words.ts";
import { concatBytes, toHex } from "../../src/core/encoding/bytes.ts";
import { encodeCbor } from "../../src/core/encoding/cbor.ts";
import { claimLeaf } from "../../src/core/certificate/claim.ts";
import type { Claim } from "../../src/core/certificate/claim.ts";
import { suiteHash } from "../../src/core/hashing.ts";
import type { Hash } from "../../src/core/hashing.ts";
import type { ChainWorld, IssuedRows, Row } from "../support/chain-world.ts";
import {
  SHANGHAI,
  callContract,
  goodRows,
  issueRows,
  startChainWorld,
} from "../support/chain-world.ts";

let world: ChainWorld;
let issued: readonly IssuedRows[];
/** Every byte that anyone can read on the chain, in hex: inputs of transactions, topics and data of logs. */
let published: string;

beforeAll(async () => {
  world = await startChainWorld();
  const holderKey = "5c".repeat(32);
  const all: IssuedRows[] = [];
  for (const suite of [1, 2] as const) {
    const rows = goodRows(world, 4, `privacy ${String(suite)}`);
    all.push(
      await issueRows(
        world,
        rows.map((row) => ({ ...row, holderKey })),
        { suite },
      ),
    );
  }
  issued = all;
  const [{ batch }] = all as [IssuedRows];
  const args = [codeToChain(SHANGHAI.code), batch.root, 2, 5, 1_700_000_000, 7];
  await callContract(world, "StatusRegistry", "setStatus", args, world.operator);
  published = await everythingOnChain();
});
afterAll(() => world.close());

async function everythingOnChain(): Promise<string> {
  const { provider } = world.rpc;
  const { number } = await world.reader.latestBlock();
  const parts: string[] = [];
  for (let block = 0; block <= number; block++) {
    const tag = `0x${block.toString(16)}`;
    const { transactions, extraData } = (await provider.send("eth_getBlockByNumber", [
      tag,
      true,
    ])) as {
      transactions: { input: string }[];
      extraData: string;
    };
    parts.push(extraData, ...transactions.map(({ input }) => input));
  }
  const logs = (await provider.send("eth_getLogs", [{ fromBlock: "0x0", toBlock: "latest" }])) as {
    topics: string[];
    data: string;
  }[];
  for (const { topics, data } of logs) parts.push(...topics, data);
  return parts
    .map((part) => part.replace(/^0x/, ""))
    .join("|")
    .toLowerCase();
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "utf16le"));

/** Every way in which a value could be written, and be recognised by who knows or guesses it. */
function tracesOf(name: string, value: string): string[] {
  const { keccak256, sm3, sha256 } = world.primitives;
  const written = [
    ...[utf8(value), utf16(value), encodeCbor(value), encodeCbor([name, value])],
    ...[utf8(name + value), utf8(`${name}=${value}`), utf8(JSON.stringify({ [name]: value }))],
    concatBytes(new Uint8Array(16), utf8(value)),
  ];
  const hashes = [keccak256, sm3, sha256].flatMap((hash) => written.map(hash));
  const twice = hashes.map(keccak256);
  return [...written.filter(({ length }) => length >= 5), ...hashes, ...twice].map(toHex);
}

async function claimsOf({ batch }: IssuedRows): Promise<Claim[]> {
  const all: Claim[] = [];
  for await (const { certificate } of world.store.certificates(batch.root)) {
    all.push(...certificate.claims);
  }
  return all;
}

/** 32 bytes each. */
async function leavesOf({ batch }: IssuedRows): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  for await (const some of world.store.leaves(batch.root)) {
    for (let at = 0; at < some.length; at += 32) all.push(some.subarray(at, at + 32));
  }
  return all;
}

describe("the chain", () => {
  it("holds what it should: the roots, and the agency's code", () => {
    for (const { batch } of issued) expect(published).toContain(batch.root.slice(2));
    expect(published).toContain(toHex(utf8(SHANGHAI.code)));
  });

  it("holds no value of any claim, nor any number or name, nor a hash of one, in any form", () => {
    let looked = 0;
    for (const { rows } of issued) {
      for (const row of rows) {
        for (const [name, value] of Object.entries(row)) {
          for (const trace of tracesOf(name, value)) {
            looked++;
            if (published.includes(trace)) throw new Error(`${name} ${value} is there as ${trace}`);
          }
        }
      }
    }
    expect(looked).toBeGreaterThan(3_000);
  });

  it("holds no salt, no claim's leaf and no holder's key, so that nothing can be guessed from it", async () => {
    for (const one of issued) {
      const hash: Hash = suiteHash(world.primitives, one.batch.suite);
      for (const claim of await claimsOf(one)) {
        expect(published).not.toContain(toHex(claim.salt));
        expect(published).not.toContain(toHex(claimLeaf(hash, claim)));
      }
      const leaves = await leavesOf(one);
      expect(leaves).toHaveLength(4);
      for (const leaf of leaves) expect(published).not.toContain(toHex(leaf));
    }
    expect(published).not.toContain("5c".repeat(32));
  });

  it("would be found out: the same look finds a name that was put there", async () => {
    const [row] = issued[0]?.rows as [Row];
    const name = row["holderName"] as string;
    const agency = codeToChain(SHANGHAI.code);
    const args = [agency, 2, 1_700_000_000, name];
    await callContract(world, "AgencyRegistry", "setAgencyStatus", args);
    const now = await everythingOnChain();
    expect(tracesOf("holderName", name).some((trace) => now.includes(trace))).toBe(true);
  });
});
