/** OpenZeppelin's MerkleProof, in a real EVM, is the second opinion on our batch trees. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Contract, ContractFactory, JsonRpcProvider, Wallet, hexlify } from "ethers";
import { DEVELOPMENT_KEY } from "../../../src/adapters/chain/development.ts";
import { startLocalNode } from "../../../src/adapters/chain/local-node.ts";
import type { LocalNode } from "../../../src/adapters/chain/local-node.ts";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { HASH_BYTES, batchRoot, buildBatchTree, provePath } from "../../../src/core/batch/tree.ts";
import { concatBytes } from "../../../src/core/encoding/bytes.ts";

const require = createRequire(import.meta.url);
const { keccak256 } = await loadPrimitives();

const SOURCE = `
  pragma solidity 0.8.37;
  import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
  contract SecondOpinion {
    function accepts(bytes32[] calldata path, bytes32 root, bytes32 leaf) external pure returns (bool) {
      return MerkleProof.verifyCalldata(path, root, leaf);
    }
  }`;

function compile(): { abi: any; bytecode: string } {
  const solc = require("solc");
  const input = {
    language: "Solidity",
    sources: { "SecondOpinion.sol": { content: SOURCE } },
    settings: { outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } } },
  };
  const find = (path: string) => ({ contents: readFileSync(require.resolve(path), "utf8") });
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: find }));
  const { abi, evm } = output.contracts["SecondOpinion.sol"].SecondOpinion;
  return { abi, bytecode: evm.bytecode.object };
}

let node: LocalNode;
let provider: JsonRpcProvider;
let second: Contract;

beforeAll(async () => {
  node = await startLocalNode(0);
  provider = new JsonRpcProvider(node.url, node.chainId, { staticNetwork: true });
  const { abi, bytecode } = compile();
  const factory = new ContractFactory(abi, bytecode, new Wallet(DEVELOPMENT_KEY, provider));
  const deployed = await factory.deploy();
  await deployed.waitForDeployment();
  second = new Contract(await deployed.getAddress(), abi, provider);
});

afterAll(async () => {
  provider.destroy();
  await node.close();
});

function leavesOf(size: number): Uint8Array {
  return concatBytes(
    ...Array.from({ length: size }, (_, i) => keccak256(Uint8Array.of(size, i >> 8, i))),
  );
}

function hashesOf(bytes: Uint8Array): string[] {
  const count = bytes.length / HASH_BYTES;
  return Array.from({ length: count }, (_, i) => {
    return hexlify(bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES));
  });
}

async function accepts(path: string[], root: Uint8Array, leaf: string): Promise<boolean> {
  return (await second["accepts"]?.(path, hexlify(root), leaf)) as boolean;
}

describe("OpenZeppelin's MerkleProof on the chain", () => {
  it.each([1, 2, 3, 5, 8, 13, 31, 64, 100])(
    "accepts the path of every leaf of %i",
    async (size) => {
      const leaves = leavesOf(size);
      const tree = buildBatchTree(keccak256, leaves);
      const answers = await Promise.all(
        hashesOf(leaves).map((leaf, i) =>
          accepts(hashesOf(provePath(tree, i)), batchRoot(tree), leaf),
        ),
      );
      expect(answers).toEqual(answers.map(() => true));
    },
  );

  it("refuses the path of another leaf, and one with a hash left out", async () => {
    const leaves = leavesOf(7);
    const tree = buildBatchTree(keccak256, leaves);
    const [first = "", , third = ""] = hashesOf(leaves);
    const path = hashesOf(provePath(tree, 0));
    expect(await accepts(path, batchRoot(tree), first)).toBe(true);
    expect(await accepts(path, batchRoot(tree), third)).toBe(false);
    expect(await accepts(path.slice(1), batchRoot(tree), first)).toBe(false);
  });
});
