/** The contracts as compiled from contracts/: their interfaces, and the code that a deployment sends. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Interface } from "ethers";
import type { InterfaceAbi } from "ethers";
import { Problem } from "../../core/problem.ts";

const ARTIFACTS = join(import.meta.dirname, "..", "..", "..", "artifacts");

export const CONTRACT_NAMES = [
  "AuthorityRegistry",
  "CertificateCatalog",
  "AgencyRegistry",
  "BatchAnchor",
  "StatusRegistry",
  "RecognitionPolicy",
  "Directory",
] as const;

export type ContractName = (typeof CONTRACT_NAMES)[number];

/** Also what stands beside a deployment and is no part of the ledger. */
type CompiledName = ContractName | "UseLog";

interface Artifact {
  readonly abi: InterfaceAbi;
  readonly bytecode: string;
}

/** @throws Problem INTERNAL when the contracts were not compiled. */
export function loadArtifact(name: CompiledName): Artifact {
  const file = join(ARTIFACTS, "contracts", `${name}.sol`, `${name}.json`);
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Artifact;
  } catch (error) {
    throw new Problem("INTERNAL", `the contracts are not compiled: no ${file}`, error);
  }
}

const interfaces = new Map<CompiledName, Interface>();

/** The ABI of a contract, read once. */
export function interfaceOf(name: CompiledName): Interface {
  const known = interfaces.get(name);
  if (known !== undefined) return known;
  const loaded = new Interface(loadArtifact(name).abi);
  interfaces.set(name, loaded);
  return loaded;
}
