/**
 * Configuration in one place: what the environment says, over what the agreed file says, becomes typed
 * settings. Nothing else reads the environment. Keys are named by file and read only where they are used.
 */
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { makeFolder, writeDurably } from "./adapters/store/durable-file.ts";
import { Problem } from "./core/problem.ts";

/** The agreed configuration that `lz deploy` writes, so that later commands need no flags. */
export interface ConfigurationFile {
  readonly rpc: string;
  readonly chainId: number;
  readonly directory: string;
  /** How many blocks must follow a block before it is final; 0 where consensus is. */
  readonly confirmations: number;
  /** Where services anchor their logs of uses; not there in files from before there was such a contract. */
  readonly useLog?: string;
}

export interface Settings {
  /** The folder of configuration, keys and stores. */
  readonly home: string;
  /** How long a node or a verifier may take to answer. */
  readonly timeoutMs: number;
  /** What LZ_RPC and LZ_DIRECTORY say; null where they are not set. */
  readonly rpc: string | null;
  readonly directory: string | null;
  /** Where the password of encrypted keys is; null where it is asked for on the terminal. */
  readonly keyPasswordFile: string | null;
  /** What the agency's store is encrypted with: a file, or the address of a key in a key service; null is the usual file. */
  readonly storeKey: string | null;
  /** Where the agency's store is: a path, or the address of a PostgreSQL database; null is the usual file. */
  readonly store: string | null;
  /** Where the service's store is, likewise. */
  readonly serviceStore: string | null;
  /** Which of several processes of one service this is, from 1; null where it is the only one, or leads them. */
  readonly process: number | null;
  /** Null before `lz deploy`. */
  readonly file: ConfigurationFile | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_HOME = ".liangzheng";
const DEFAULT_TIMEOUT_MS = 10_000;
const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

/**
 * `LZ_HOME` (default `.liangzheng`), `LZ_RPC`, `LZ_DIRECTORY`, `LZ_TIMEOUT_MS` (default 10000),
 * `LZ_KEY_PASSWORD_FILE`, `LZ_STORE_KEY`, `LZ_STORE`, `LZ_SERVICE_STORE`.
 * @throws Problem CONFIGURATION_INVALID, naming the member at fault
 */
export function loadSettings(environment: Environment = process.env): Settings {
  const home = resolve(environment["LZ_HOME"] ?? DEFAULT_HOME);
  return {
    home,
    timeoutMs: timeoutOf(environment["LZ_TIMEOUT_MS"]),
    rpc: environment["LZ_RPC"] ?? null,
    directory: directoryOf(environment["LZ_DIRECTORY"]),
    keyPasswordFile: environment["LZ_KEY_PASSWORD_FILE"] ?? null,
    storeKey: environment["LZ_STORE_KEY"] ?? null,
    store: environment["LZ_STORE"] ?? null,
    serviceStore: environment["LZ_SERVICE_STORE"] ?? null,
    process: numberOf(environment["LZ_PROCESS"]),
    file: overlay(readConfiguration(configurationPath(home)), environment),
  };
}

export function configurationPath(home: string): string {
  return join(home, "config.json");
}

export async function writeConfiguration(home: string, file: ConfigurationFile): Promise<string> {
  const path = configurationPath(home);
  await makeFolder(dirname(path));
  await writeDurably(path, `${JSON.stringify(file, null, 2)}\n`);
  return path;
}

function timeoutOf(text: string | undefined): number {
  const timeout = Number(text ?? DEFAULT_TIMEOUT_MS);
  if (Number.isInteger(timeout) && timeout > 0) return timeout;
  throw new Problem("CONFIGURATION_INVALID", "LZ_TIMEOUT_MS: whole milliseconds expected");
}

/** Set by a service that starts several processes, for each of them. */
function numberOf(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}

function directoryOf(text: string | undefined): string | null {
  if (text === undefined || ADDRESS.test(text)) return text ?? null;
  throw new Problem("CONFIGURATION_INVALID", `LZ_DIRECTORY: ${text} is no address of a contract`);
}

function overlay(
  file: ConfigurationFile | null,
  environment: Environment,
): ConfigurationFile | null {
  const rpc = environment["LZ_RPC"] ?? file?.rpc;
  const directory = environment["LZ_DIRECTORY"] ?? file?.directory;
  if (rpc === undefined || directory === undefined) return file;
  const isOther = rpc !== file?.rpc;
  return {
    rpc,
    directory,
    chainId: isOther ? 0 : file.chainId,
    confirmations: file?.confirmations ?? 0,
    ...(!isOther && file.useLog !== undefined && { useLog: file.useLog }),
  };
}

function readConfiguration(path: string): ConfigurationFile | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return null;
  }
  try {
    return checkConfiguration(JSON.parse(text), path);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem("CONFIGURATION_INVALID", `${path}: not JSON`, error);
  }
}

function checkConfiguration(json: unknown, path: string): ConfigurationFile {
  const { rpc, chainId, directory, confirmations, useLog } = (json ?? {}) as Record<
    string,
    unknown
  >;
  const invalid = (member: string): Problem => {
    return new Problem("CONFIGURATION_INVALID", `${path}: ${member}`);
  };
  if (typeof rpc !== "string") throw invalid("rpc");
  if (typeof directory !== "string" || !ADDRESS.test(directory)) throw invalid("directory");
  if (!isCount(chainId)) throw invalid("chainId");
  if (!isCount(confirmations)) throw invalid("confirmations");
  if (useLog === undefined) return { rpc, chainId, directory, confirmations };
  if (typeof useLog !== "string" || !ADDRESS.test(useLog)) throw invalid("useLog");
  return { rpc, chainId, directory, confirmations, useLog };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** What `PGPASSWORD` says, the usual place for the password of a PostgreSQL source; null where it is not set. */
export function databasePassword(environment: Environment = process.env): string | null {
  return environment["PGPASSWORD"] ?? null;
}
