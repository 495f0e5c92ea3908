/**
 * The folder of one batch: `certificates.jsonl` (private), `tree.bin`, `manifest.json` (public) and
 * `job.json`, which says how far the job has come.
 */
import { createReadStream } from "node:fs";
import { mkdir, open, readFile, readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { treeOfNodes } from "../../core/batch/tree.ts";
import type { BatchTree } from "../../core/batch/tree.ts";
import { Problem } from "../../core/problem.ts";
import type { BatchJob, BatchStore, CertificateWriter, IssuedCertificate } from "../../ports.ts";
import { jobFromText, jobToText } from "./batch-job.ts";
import { PRIVATE_MODE, writeDurably } from "./durable-file.ts";
import { fromLine, toLine } from "./issued-certificate.ts";

const JOB = "job.json";
const CERTIFICATES = "certificates.jsonl";
const TREE = "tree.bin";
const MANIFEST = "manifest.json";
const OWN = new Set([JOB, CERTIFICATES, TREE, MANIFEST].flatMap((name) => [name, `${name}.new`]));
/** Lines are gathered up to this many characters before they are written. */
const BUFFER_CHARACTERS = 1 << 20;

export function batchFolder(folder: string): BatchStore {
  const path = (name: string): string => join(folder, name);
  return {
    name: folder,
    job: () => readJob(folder),
    saveJob: (job) => writeDurably(path(JOB), jobToText(job)),
    createCertificates: () => createCertificates(folder),
    discard: () => discard(folder),
    certificates: () => readCertificates(path(CERTIFICATES)),
    saveTree: ({ nodes }) => writeDurably(path(TREE), nodes),
    tree: (size) => readTree(path(TREE), size),
    saveManifest: (bytes) => writeDurably(path(MANIFEST), bytes),
    manifest: () => readMember(path(MANIFEST)),
  };
}

async function readJob(folder: string): Promise<BatchJob | null> {
  let text: string;
  try {
    text = await readFile(join(folder, JOB), "utf8");
  } catch (error) {
    if (isMissing(error)) return null;
    throw damaged(join(folder, JOB), error);
  }
  try {
    return jobFromText(text);
  } catch (error) {
    throw damaged(join(folder, JOB), error);
  }
}

async function createCertificates(folder: string): Promise<CertificateWriter> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new Problem("DISK_FAILED", folder, error);
  });
  const foreign = (await readdir(folder)).find((name) => !OWN.has(name));
  if (foreign !== undefined) throw new Problem("FOLDER_NOT_EMPTY", join(folder, foreign));
  return certificateWriter(join(folder, CERTIFICATES));
}

async function discard(folder: string): Promise<void> {
  if ((await readJob(folder)) !== null) return;
  for (const name of OWN) await rm(join(folder, name), { force: true });
  await rmdir(folder).catch(() => undefined);
}

async function certificateWriter(file: string): Promise<CertificateWriter> {
  const handle = await guarded(file, () => open(file, "w", PRIVATE_MODE));
  let pending = "";
  const flush = async (): Promise<void> => {
    await guarded(file, () => handle.writeFile(pending));
    pending = "";
  };
  return {
    write: async (certificate) => {
      pending += toLine(certificate);
      if (pending.length >= BUFFER_CHARACTERS) await flush();
    },
    close: async () => {
      try {
        await flush();
        await guarded(file, () => handle.sync());
      } finally {
        await handle.close();
      }
    },
  };
}

/** @throws Problem DISK_FAILED */
async function guarded<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Problem("DISK_FAILED", file, error);
  }
}

async function* readCertificates(file: string): AsyncIterable<IssuedCertificate> {
  let count = 0;
  try {
    const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
    for await (const line of lines) {
      yield fromLine(line);
      count++;
    }
  } catch (error) {
    throw damaged(`${file}, line ${String(count + 1)}`, error);
  }
}

async function readTree(file: string, size: number): Promise<BatchTree> {
  const tree = treeOfNodes(await readMember(file), size);
  if (tree === null) throw damaged(`${file}: not a tree of ${String(size)} leaves`);
  return tree;
}

async function readMember(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    throw damaged(file, error);
  }
}

function isMissing(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === "ENOENT" || code === "ENOTDIR";
}

function damaged(where: string, cause?: unknown): Problem {
  return new Problem("BATCH_DAMAGED", where, cause);
}
