/** Many small files of certificates: in folders or in one archive, one name for each. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Problem } from "../../core/problem.ts";
import type { CertificateFile } from "../../core/certificate/certificate-file.ts";
import { createFolder, createZip } from "../../main/delivery/delivery.ts";
import { makeFolder, writeDurably } from "../../main/files.ts";
import { chosenCertificates, countOf, fileStem, isMany, namedBatches } from "./delivery-choice.ts";
import type { DeliveryChoice, StoreDoor } from "./delivery-choice.ts";
import { exportBatch } from "../../app/export-certificates.ts";
import { primitives } from "../../main/system.ts";
import type { ProgressDisplay } from "../terminal/progress.ts";

/** What is written of one certificate, and how its file's name ends. */
export interface FileKind {
  readonly ending: string;
  write(certificate: CertificateFile): Promise<Uint8Array>;
}

export interface Delivered {
  readonly count: number;
  /** The first 1,000. */
  readonly files: readonly string[];
  /** Folders that were there whole already. */
  readonly kept: number;
}

const FILES_SHOWN = 1000;

class Tally {
  readonly files: string[] = [];
  count = 0;
  kept = 0;

  add(file: string): void {
    this.count++;
    if (this.files.length < FILES_SHOWN) this.files.push(file);
  }
}

/**
 * One file where one certificate is asked for, named by `out` itself where that ends as such a file does; of a
 * list a file each; of a job a folder for each batch, there whole or not at all.
 */
export async function deliverFiles(
  door: StoreDoor,
  choice: DeliveryChoice & { readonly out: string },
  kind: FileKind,
  progress: ProgressDisplay,
): Promise<Delivered> {
  const tally = new Tally();
  if (choice.job !== undefined) {
    await deliverFolders(door, { out: choice.out, job: choice.job }, kind, { tally, progress });
    return tally;
  }
  const isFile = !isMany(choice) && choice.out.endsWith(lastEnding(kind));
  for await (const { folder, certificate } of chosenCertificates(door, choice)) {
    const name = `${fileStem(certificate)}${kind.ending}`;
    const file = isFile ? choice.out : join(choice.out, folder, name);
    await writeOnce(file, await kind.write(certificate));
    tally.add(file);
    progress.show("certificates", tally.count, null);
  }
  return tally;
}

/** ".lzc.json" → ".json" */
function lastEnding({ ending }: FileKind): string {
  return ending.slice(ending.lastIndexOf("."));
}

/** Another certificate's file is not replaced: two batches both have a certificate 41. */
async function writeOnce(file: string, content: Uint8Array): Promise<void> {
  if (existsSync(file) && !(await readFile(file)).equals(content)) {
    throw new Problem("FILE_EXISTS", file);
  }
  await makeFolder(dirname(file));
  await writeDurably(file, content);
}

interface Shown {
  readonly tally: Tally;
  readonly progress: ProgressDisplay;
}

async function deliverFolders(
  door: StoreDoor,
  { out, job }: { readonly out: string; readonly job: string },
  kind: FileKind,
  { tally, progress }: Shown,
): Promise<void> {
  const store = await door.store();
  const batches = await namedBatches(store, job);
  const total = batches.reduce((sum, { batch }) => sum + batch.issued, 0);
  for (const { name, batch } of batches) {
    const folder = await createFolder(join(out, name));
    if (folder === null) tally.kept++;
    try {
      for await (const each of folder === null ? [] : exportBatch(primitives, store, batch)) {
        const file = `${fileStem(each)}${kind.ending}`;
        await folder?.add(file, await kind.write(each));
        tally.add(join(out, name, file));
        progress.show("certificates", tally.count, total);
      }
      await folder?.finish();
    } catch (error) {
      await folder?.discard();
      throw error;
    }
  }
}

/** All in one archive, there whole or not at all. */
export async function deliverArchive(
  door: StoreDoor,
  choice: DeliveryChoice & { readonly out: string },
  kind: FileKind,
  progress: ProgressDisplay,
): Promise<number> {
  const total = await countOf(door, choice);
  const zip = await createZip(choice.out);
  let count = 0;
  try {
    for await (const { folder, certificate } of chosenCertificates(door, choice)) {
      const name = `${fileStem(certificate)}${kind.ending}`;
      await zip.add(folder === "" ? name : `${folder}/${name}`, await kind.write(certificate));
      progress.show("certificates", ++count, total);
    }
    await zip.finish();
  } catch (error) {
    await zip.discard();
    throw error;
  }
  return count;
}
