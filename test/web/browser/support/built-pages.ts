/** The pages as they are shipped, built once for each state of their sources. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

const PROJECT = join(import.meta.dirname, "..", "..", "..", "..");
const SOURCES = [
  "vite",
  "catalogue",
  "src/web",
  "src/core",
  "src/app",
  "src/ports",
  "clients/javascript/src",
];
const CONFIGURATION = ["vite.config.ts", "package-lock.json"];
const KEPT = join(PROJECT, "cache", "pages");
const OLD_MS = 3_600_000;

/** @returns the folder of the built pages: several test files at a time may ask, whoever is first builds */
export function builtPages(): string {
  const folder = join(KEPT, stateOfSources());
  if (!existsSync(folder)) build(folder);
  return folder;
}

function stateOfSources(): string {
  const hash = createHash("sha256").update("production");
  for (const file of [...SOURCES.flatMap(filesOf), ...CONFIGURATION]) {
    const { size, mtimeMs } = statSync(join(PROJECT, file));
    hash.update(`${file} ${String(size)} ${String(mtimeMs)}\n`);
  }
  return hash.digest("hex").slice(0, 16);
}

function filesOf(folder: string): string[] {
  const entries = readdirSync(join(PROJECT, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(PROJECT.length + 1))
    .sort();
}

/** Into a folder of its own that is then given its name, so that nobody sees half of it. */
function build(folder: string): void {
  mkdirSync(KEPT, { recursive: true });
  removeOld();
  const own = `${folder}.${String(process.pid)}`;
  const vite = join(PROJECT, "node_modules", "vite", "bin", "vite.js");
  const args = [vite, "build", "--outDir", own, "--emptyOutDir", "--logLevel", "warn"];
  // As they are shipped: a test runner's NODE_ENV would build them for developers.
  const env = { ...process.env, NODE_ENV: "production" };
  execFileSync(process.execPath, args, { cwd: PROJECT, env, stdio: ["ignore", "pipe", "pipe"] });
  try {
    renameSync(own, folder);
  } catch (error) {
    // Somebody else was quicker.
    if (!existsSync(folder)) throw error;
    rmSync(own, { recursive: true });
  }
}

function removeOld(): void {
  for (const name of readdirSync(KEPT)) {
    const folder = join(KEPT, name);
    const { mtimeMs } = statSync(folder);
    if (Date.now() - mtimeMs > OLD_MS) rmSync(folder, { recursive: true, force: true });
  }
}
