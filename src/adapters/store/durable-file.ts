/** Files that are there whole or not at all, even after a power cut. */
import { randomUUID } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { link, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Problem } from "../../core/problem.ts";

/** Only the owner may read what the issuer keeps: it holds personal data and salts. */
export const PRIVATE_MODE = 0o600;

/** Written beside, synchronised, then renamed over the old one. @throws Problem DISK_FAILED */
export async function writeDurably(file: string, content: string | Uint8Array): Promise<void> {
  const beside = `${file}.new`;
  try {
    await writeSynchronised(beside, content);
    await rename(beside, file);
    await syncFolder(dirname(file));
  } catch (error) {
    throw new Problem("DISK_FAILED", file, error);
  }
}

/**
 * As writeDurably, but never over another file, whoever makes one of that name at the same moment.
 * @throws Problem FILE_EXISTS, DISK_FAILED
 */
export async function createDurably(file: string, content: string): Promise<void> {
  const beside = `${file}.${randomUUID()}.new`;
  try {
    await writeSynchronised(beside, content);
    await link(beside, file);
    await syncFolder(dirname(file));
  } catch (error) {
    const isThere = codeOf(error) === "EEXIST";
    throw new Problem(isThere ? "FILE_EXISTS" : "DISK_FAILED", file, error);
  } finally {
    await rm(beside, { force: true }).catch(() => undefined);
  }
}

/** Errors of the disk itself, and not of the place. */
const DISK_ERRORS = ["ENOSPC", "EDQUOT", "EIO"];

/** With those above it, where they are not there yet. @throws Problem FOLDER_NOT_MADE, DISK_FAILED */
export async function makeFolder(folder: string): Promise<void> {
  await makeStepwise(resolve(folder)).catch((error: unknown) => {
    const code = codeOf(error);
    if (DISK_ERRORS.includes(code)) throw new Problem("DISK_FAILED", folder, error);
    throw new Problem("FOLDER_NOT_MADE", `${folder}: ${code}`, error);
  });
}

/** Node's own way tries for ever where a folder is there and takes nothing, as /proc. */
async function makeStepwise(folder: string): Promise<void> {
  const above = dirname(folder);
  if (!existsSync(above)) await makeStepwise(above);
  await mkdir(folder).catch((error: unknown) => {
    const isThere = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
    if (!isThere) throw error;
  });
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code);
}

async function writeSynchronised(file: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(file, "w", PRIVATE_MODE);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A rename is durable once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
