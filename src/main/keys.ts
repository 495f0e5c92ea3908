/** Who acts: the keys that the home folder keeps, and what the accounts behind them may do. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ZeroAddress, concat, keccak256 } from "ethers";
import { Account } from "../adapters/chain/account.ts";
import { anchoringFor } from "../adapters/chain/anchoring.ts";
import {
  estimatedGovernance,
  governance,
  preparedGovernance,
} from "../adapters/chain/governance.ts";
import { DEVELOPMENT_CHAIN_ID, DEVELOPMENT_KEY } from "../adapters/chain/development.ts";
import type { Rpc } from "../adapters/chain/rpc.ts";
import { newSm2KeyJwk, readDocumentKey } from "../adapters/store/document-key-file.ts";
import type { DocumentPublicKey } from "../adapters/store/document-key-file.ts";
import {
  newAccountKey,
  newSigningKeyJwk,
  readAccountKey,
  readSigningKey,
  writeKeyFile,
} from "../adapters/store/key-files.ts";
import type { SigningKey } from "../adapters/store/key-files.ts";
import type { Settings } from "../config.ts";
import { Problem } from "../core/problem.ts";
import type { Anchoring, Governance, PreparedCall } from "../ports.ts";
import type { Chain } from "./chain.ts";

export { readDocumentKey, readSigningKey };
export type { DocumentPublicKey };

export function authorityKeyFile(settings: Settings): string {
  return join(settings.home, "keys", "authority.key");
}

export function operatorKeyFile(settings: Settings, agency: string): string {
  return join(settings.home, "keys", `operator-${agency}.key`);
}

/**
 * The account of a key file. On a development chain the authority's is the account that such nodes begin
 * with; elsewhere a new key is made, once.
 */
export async function authorityAccount(
  settings: Settings,
  rpc: Rpc,
  keyFile?: string,
): Promise<Account> {
  const file = keyFile ?? authorityKeyFile(settings);
  if (keyFile === undefined && !existsSync(file)) {
    const isDevelopment = rpc.chainId === DEVELOPMENT_CHAIN_ID;
    await writeKeyFile(file, isDevelopment ? DEVELOPMENT_KEY : newAccountKey());
  }
  return new Account(rpc, readAccountKey(file));
}

/**
 * Governs with the authority's key, which must be there: a new one would have no power over anything.
 * @throws Problem KEY_NOT_FOUND, KEY_MALFORMED
 */
export async function governAsAuthority(
  settings: Settings,
  chain: Chain,
  keyFile?: string,
): Promise<Governance> {
  const isDevelopment = chain.rpc.chainId === DEVELOPMENT_CHAIN_ID;
  const file = keyFile ?? authorityKeyFile(settings);
  if (!isDevelopment && !existsSync(file)) throw new Problem("KEY_NOT_FOUND", file);
  return governanceOf(chain, await authorityAccount(settings, chain.rpc, keyFile));
}

/** Of the same account: what its calls would take. */
export function estimatesOf(
  chain: Chain,
  { account }: Pick<Governance, "account">,
): Governance<number> {
  return estimatedGovernance(chain.deployment, account);
}

/** Sends nothing: whichever account is to make the calls, they are the same. */
export function governOnPaper(chain: Chain): Governance<PreparedCall> {
  return preparedGovernance(chain.deployment, ZeroAddress);
}

/** The operator's account of an agency; its key is made where there is none. */
export async function operatorAccount(
  settings: Settings,
  rpc: Rpc,
  agency: string,
  keyFile?: string,
): Promise<Account> {
  const file = keyFile ?? operatorKeyFile(settings, agency);
  if (!existsSync(file)) await writeKeyFile(file, newAccountKey());
  return new Account(rpc, readAccountKey(file));
}

export function governanceOf(chain: Chain, account: Account): Governance {
  return governance(chain.deployment, account);
}

/** Governs with the key of a file. @throws Problem KEY_NOT_FOUND, KEY_MALFORMED. */
export function governWith(chain: Chain, keyFile: string): Governance {
  return governanceOf(chain, new Account(chain.rpc, readAccountKey(keyFile)));
}

/** @throws Problem KEY_NOT_FOUND, CONTRACT_REFUSED when the key is not the agency's operator's. */
export async function anchoringOf(
  settings: Settings,
  chain: Chain,
  agency: string,
  keyFile?: string,
): Promise<Anchoring> {
  const file = keyFile ?? operatorKeyFile(settings, agency);
  const account = new Account(chain.rpc, readAccountKey(file));
  return anchoringFor(chain.deployment, account, agency);
}

/** Makes a holder's key in a file of its own. @throws Problem FILE_EXISTS, DISK_FAILED. */
export async function createSigningKey(file: string): Promise<SigningKey> {
  await writeKeyFile(file, JSON.stringify(newSigningKeyJwk()));
  return readSigningKey(file);
}

/** Makes an SM2 key for an agency's documents, likewise. @throws Problem FILE_EXISTS, DISK_FAILED. */
export async function createSm2Key(file: string): Promise<void> {
  await writeKeyFile(file, JSON.stringify(newSm2KeyJwk()));
}

/** How the chain names a document key: keccak256(abi.encode(x, y)). */
export function documentKeyId({ x, y }: Pick<DocumentPublicKey, "x" | "y">): string {
  return keccak256(concat([x, y]));
}
