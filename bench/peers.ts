/** Peers are no dependencies of the project: they are installed on demand, into a folder of their own. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const FOLDER = join(import.meta.dirname, "..", ".toolchain", "bench-peers");
const FLAGS = ["--no-save", "--no-audit", "--no-fund", "--loglevel=error"];

/**
 * Imports a peer, after installing it where it is not there in that version.
 * @param entry the file of the package to import
 * @throws Error where it can't be installed
 */
export async function peer(name: string, version: string, entry: string): Promise<unknown> {
  if (installedVersion(name) !== version) install(`${name}@${version}`);
  return import(pathToFileURL(join(FOLDER, "node_modules", name, entry)).href);
}

function installedVersion(name: string): string | null {
  const manifest = join(FOLDER, "node_modules", name, "package.json");
  if (!existsSync(manifest)) return null;
  const { version } = createRequire(import.meta.url)(manifest) as { readonly version: string };
  return version;
}

function install(versioned: string): void {
  execFileSync("npm", ["install", "--prefix", FOLDER, ...FLAGS, versioned], { stdio: "inherit" });
}
