/** Who acts on the chain: the accounts behind key files, and what they may do. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { ZeroAddress, concat, keccak256 } from "ethers";
import { Account } from "../../adapters/chain/account.ts";
import { anchoringFor } from "../../adapters/chain/anchoring.ts";
import {
  estimatedGovernance,
  governance,
  preparedGovernance,
} from "../../adapters/chain/governance.ts";
import { DEVELOPMENT_CHAIN_ID, DEVELOPMENT_KEY } from "../../adapters/chain/development.ts";
import type { Rpc } from "../../adapters/chain/rpc.ts";
import { accountKey } from "../../adapters/keys/account-key.ts";
import type { AccountKey } from "../../adapters/keys/account-key.ts";
import type { DocumentPublicKey } from "../../adapters/store/document-key-file.ts";
import { newAccountKey, writeKeyFile } from "../../adapters/store/key-files.ts";
import type { Settings } from "../../config.ts";
import { Problem } from "../../core/problem.ts";
import type { Anchoring } from "../../ports/anchoring.ts";
import type { Governance, PreparedCall } from "../../ports/governance.ts";
import type { Chain } from "./chain.ts";
import { authorityKeyFile, createKey, operatorKeyFile, passwordsOf } from "../keys/keys.ts";

const accountKeys = new Map<string, AccountKey>();

/**
 * Signs with what a key file says: a key in it, encrypted or not, or one that a service or a token keeps. The
 * same file gives the same signer, so that a password is asked for once in a command.
 * @throws Problem KEY_NOT_FOUND, KEY_MALFORMED
 */
export function signerOf(settings: Settings, file: string): AccountKey {
  const path = resolve(file);
  const known = accountKeys.get(path) ?? accountKey(path, passwordsOf(settings));
  accountKeys.set(path, known);
  return known;
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
    if (rpc.chainId === DEVELOPMENT_CHAIN_ID) await writeKeyFile(file, DEVELOPMENT_KEY);
    else await createKey(settings, file, newAccountKey());
  }
  return new Account(rpc, signerOf(settings, file));
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
  {
    keyFile,
    isEncrypted,
  }: { readonly keyFile?: string | undefined; readonly isEncrypted: boolean },
): Promise<Account> {
  const file = keyFile ?? operatorKeyFile(settings, agency);
  if (!existsSync(file)) await createKey(settings, file, newAccountKey(), isEncrypted);
  return new Account(rpc, signerOf(settings, file));
}

export function governanceOf(chain: Chain, account: Account): Governance {
  return governance(chain.deployment, account);
}

/** Governs with the key of a file. @throws Problem KEY_NOT_FOUND, KEY_MALFORMED. */
export function governWith(settings: Settings, chain: Chain, keyFile: string): Governance {
  return governanceOf(chain, new Account(chain.rpc, signerOf(settings, keyFile)));
}

/**
 * Asks for the key's password at once, where it has one: issuing may take hours.
 * @throws Problem KEY_…, CONTRACT_REFUSED when the key is not the agency's operator's
 */
export async function anchoringOf(
  settings: Settings,
  chain: Chain,
  agency: string,
  keyFile?: string,
): Promise<Anchoring> {
  const signer = signerOf(settings, keyFile ?? operatorKeyFile(settings, agency));
  await signer.unlock();
  return anchoringFor(chain.deployment, new Account(chain.rpc, signer), agency);
}

/** How the chain names a document key: keccak256(abi.encode(x, y)). */
export function documentKeyId({ x, y }: Pick<DocumentPublicKey, "x" | "y">): string {
  return keccak256(concat([x, y]));
}
