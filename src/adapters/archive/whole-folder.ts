/**
 * A folder of many small files that is there whole or not at all: written beside its place, each file
 * synchronised, then renamed. What a killed process leaves beside is removed by the next.
 */
import { existsSync } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PRIVATE_MODE, makeFolder } from "../store/durable-file.ts";
import { guarded, syncFolder } from "./beside-file.ts";
import type { ArchiveWriter } from "./zip-writer.ts";

/** As many are on their way to the disk at once: each waits for it, not for the others. */
const FILES_AT_ONCE = 16;

/** @returns null where that folder is there already. @throws Problem DISK_FAILED */
export async function createFolder(folder: string): Promise<ArchiveWriter | null> {
  if (existsSync(folder)) return null;
  const beside = `${folder}.part`;
  await makeFolder(dirname(folder));
  await guarded(folder, () => rm(beside, { recursive: true, force: true }));
  await guarded(folder, () => mkdir(beside, { mode: 0o700 }));
  return new FolderWriter(folder, beside);
}

class FolderWriter implements ArchiveWriter {
  readonly #folder: string;
  readonly #beside: string;
  readonly #underWay = new Set<Promise<void>>();

  constructor(folder: string, beside: string) {
    this.#folder = folder;
    this.#beside = beside;
  }

  async add(name: string, content: Uint8Array): Promise<void> {
    const write = guarded(join(this.#folder, name), () =>
      writeSynchronised(join(this.#beside, name), content),
    );
    this.#underWay.add(write);
    const forget = (): unknown => this.#underWay.delete(write);
    write.then(forget, () => undefined);
    if (this.#underWay.size >= FILES_AT_ONCE) await Promise.race(this.#underWay);
  }

  async finish(): Promise<void> {
    await Promise.all(this.#underWay);
    await guarded(this.#folder, async () => {
      await syncFolder(this.#beside);
      await rename(this.#beside, this.#folder);
      await syncFolder(dirname(this.#folder));
    });
  }

  async discard(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    await rm(this.#beside, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function writeSynchronised(file: string, content: Uint8Array): Promise<void> {
  const handle = await open(file, "w", PRIVATE_MODE);
  try {
    await handle.writeFile(content);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
