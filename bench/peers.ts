/** Peers are no dependencies of the project: each is installed on demand, into a folder of its own. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const INSTALL_TIMEOUT_MS = 300_000;
const FOLDER = join(import.meta.dirname, "..", ".toolchain", "bench-peers");
const FLAGS = ["--no-save", "--no-audit", "--no-fund", "--loglevel=error"];

/**
 * Imports a peer, after installing it where it is not there in that version.
 * @param entry the file of the package to import; without it what the package says
 * @throws Error where it can't be installed
 */
export async function peer(name: string, version: string, entry?: string): Promise<unknown> {
  const folder = installedPeer(name, version);
  if (entry === undefined) return createRequire(join(folder, "package.json"))(name) as unknown;
  return import(pathToFileURL(join(folder, "node_modules", name, entry)).href);
}

/** @returns the folder that holds it; two processes may ask at once */
function installedPeer(name: string, version: string): string {
  const folder = join(FOLDER, `${name.replace("/", "+")}@${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(FOLDER, { recursive: true });
  const building = mkdtempSync(join(FOLDER, ".installing-"));
  install(building, `${name}@${version}`);
  try {
    renameSync(building, folder);
  } catch (error) {
    rmSync(building, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** What npm says goes to standard error: standard output is for figures. */
function install(folder: string, versioned: string): void {
  execFileSync("npm", ["install", "--prefix", folder, ...FLAGS, versioned], {
    stdio: ["ignore", 2, 2],
    timeout: INSTALL_TIMEOUT_MS,
  });
}
