/** The composition root: what commands use, wired from settings and adapters. */
import { randomBytes } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { readCatalogue } from "./adapters/catalogue/read-catalogue.ts";
import { Account } from "./adapters/chain/account.ts";
import { anchoringFor } from "./adapters/chain/anchoring.ts";
import { chainReader } from "./adapters/chain/chain-reader.ts";
import { findDeployment } from "./adapters/chain/deployment.ts";
import type { Deployment } from "./adapters/chain/deployment.ts";
import { governance } from "./adapters/chain/governance.ts";
import { DEVELOPMENT_CHAIN_ID, DEVELOPMENT_KEY } from "./adapters/chain/local-node.ts";
import { connectRpc } from "./adapters/chain/rpc.ts";
import type { Rpc } from "./adapters/chain/rpc.ts";
import { loadPrimitives } from "./adapters/hashing/primitives.ts";
import { newAccountKey, readAccountKey, writeKeyFile } from "./adapters/store/key-files.ts";
import { openVerifierStore } from "./adapters/store/verifier-store.ts";
import { ChainFollower } from "./app/follow-chain.ts";
import type { Waiting } from "./app/issue/anchor-batch.ts";
import type { CertificateType } from "./core/catalogue/certificate-type.ts";
import { Problem } from "./core/problem.ts";
import type { LedgerView } from "./core/verify/case.ts";
import type { Settings } from "./config.ts";
import type { Anchoring, ChainReader, Clock, Governance, Progress, Randomness } from "./ports.ts";

export const systemClock: Clock = { now: () => Math.floor(Date.now() / 1000) };
export const systemRandomness: Randomness = (length) => new Uint8Array(randomBytes(length));
export const primitives = await loadPrimitives();

const CATALOGUE = join(import.meta.dirname, "..", "catalogue");
const RECEIPT_ATTEMPTS = 120;
const RECEIPT_PAUSE_MS = 250;

/** YYYY-MM-DD in Beijing, where certificates are dated. */
export function todayInBeijing(clock: Clock): string {
  return new Date((clock.now() + 8 * 3600) * 1000).toISOString().slice(0, 10);
}

/** What a flag says, over what the settings say. */
export interface ChainFlags {
  readonly rpc?: string | undefined;
  readonly directory?: string | undefined;
}

/** One deployment as a command uses it; close it when done. */
export interface Chain {
  readonly rpc: Rpc;
  readonly deployment: Deployment;
  readonly reader: ChainReader;
  readonly confirmations: number;
  close(): void;
}

/** @throws Problem NOT_CONFIGURED, RPC_…, WRONG_CHAIN, DIRECTORY_NOT_FOUND. */
export async function openChain(settings: Settings, flags: ChainFlags = {}): Promise<Chain> {
  const { file } = settings;
  const url = flags.rpc ?? file?.rpc;
  const directory = flags.directory ?? file?.directory;
  if (url === undefined || directory === undefined) {
    throw new Problem("NOT_CONFIGURED", `looked in ${settings.home}`);
  }
  const rpc = await connectRpc(url, settings.rpcTimeoutMs);
  const isConfigured = flags.rpc === undefined && file !== null && file.chainId !== 0;
  if (isConfigured && file.chainId !== rpc.chainId) {
    rpc.close();
    const chains = `${url} is chain ${String(rpc.chainId)}, configured ${String(file.chainId)}`;
    throw new Problem("WRONG_CHAIN", chains);
  }
  return openDeployment(rpc, directory, file?.confirmations ?? 0);
}

async function openDeployment(rpc: Rpc, directory: string, confirmations: number): Promise<Chain> {
  try {
    const deployment = await findDeployment(rpc, directory);
    const close = (): void => {
      rpc.close();
    };
    return { rpc, deployment, reader: chainReader(deployment), confirmations, close };
  } catch (error) {
    rpc.close();
    throw error;
  }
}

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

/** @throws Problem KEY_NOT_FOUND, KEY_MALFORMED. */
export function accountOf(rpc: Rpc, keyFile: string): Account {
  return new Account(rpc, readAccountKey(keyFile));
}

export function governanceOf(chain: Chain, account: Account): Governance {
  return governance(chain.deployment, account);
}

/** @throws Problem KEY_NOT_FOUND, CONTRACT_REFUSED when the key is not the agency's operator's. */
export async function anchoringOf(
  settings: Settings,
  chain: Chain,
  agency: string,
  keyFile?: string,
): Promise<Anchoring> {
  const account = accountOf(chain.rpc, keyFile ?? operatorKeyFile(settings, agency));
  return anchoringFor(chain.deployment, account, agency);
}

export function receiptWaiting({ reader, confirmations }: Chain): Waiting {
  return {
    attempts: RECEIPT_ATTEMPTS,
    pause: () => pause(RECEIPT_PAUSE_MS),
    isFinal: async (block) => {
      return confirmations === 0 || (await reader.latestBlock()).number - block >= confirmations;
    },
  };
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Reads the chain once, keeping nothing: what a command needs that asks one question. */
export async function readLedger(chain: Chain, progress?: Progress): Promise<LedgerView> {
  const store = await openVerifierStore(":memory:", systemClock);
  try {
    const follower = await ChainFollower.open({
      chain: chain.reader,
      store,
      primitives,
      clock: systemClock,
      confirmations: chain.confirmations,
      ...(progress !== undefined && { progress }),
    });
    await follower.poll();
    return follower.view as LedgerView;
  } finally {
    await store.close();
  }
}

/** @throws Problem FILE_NOT_FOUND, CATALOGUE_INVALID naming file and place. */
export async function loadCatalogue(
  folder: string = CATALOGUE,
): Promise<readonly CertificateType[]> {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new Problem("FILE_NOT_FOUND", folder);
  }
  const { types, faults } = await readCatalogue(folder);
  const [first] = faults;
  if (first !== undefined) {
    throw new Problem("CATALOGUE_INVALID", `${first.file}: ${first.code}`);
  }
  return types;
}

/** The latest version of a type, by its code or its name. @throws Problem TYPE_UNKNOWN */
export function findType(types: readonly CertificateType[], wanted: string): CertificateType {
  const found = types.findLast(({ code, names }) => {
    return code === wanted || names.zh === wanted || names.en === wanted;
  });
  if (found === undefined) throw new Problem("TYPE_UNKNOWN", wanted);
  return found;
}
