/** The contracts that are deployed, as they were compiled for it. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const ARTIFACTS = join(import.meta.dirname, "..", "..", "artifacts", "contracts");

interface AbiEntry {
  readonly type: string;
  readonly name?: string;
  readonly stateMutability?: string;
}

export interface Deployable {
  readonly name: string;
  readonly abi: readonly AbiEntry[];
  /** Hexadecimal, 0x before it. */
  readonly deployedBytecode: string;
}

/** Without interfaces, abstract contracts, and libraries, which have no code of their own. */
export function deployableContracts(): readonly Deployable[] {
  return readdirSync(ARTIFACTS)
    .filter((folder) => /^[A-Z]\w*\.sol$/.test(folder))
    .map((folder) => join(ARTIFACTS, folder, folder.replace(".sol", ".json")))
    .map((file) => JSON.parse(readFileSync(file, "utf8")))
    .filter(({ abi, bytecode }) => bytecode !== "0x" && abi.length > 0)
    .map(({ contractName: name, abi, deployedBytecode }) => ({ name, abi, deployedBytecode }));
}
