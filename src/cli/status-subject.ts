/** Whose status a command is about: a certificate or a whole batch, named in the way that is at hand. */
import type { Command } from "commander";
import type { CertificatePlace } from "../app/set-statuses.ts";
import { parseCertificateText } from "../core/certificate/certificate-file.ts";
import type { CertificateFile } from "../core/certificate/certificate-file.ts";
import { toHex } from "../core/encoding/bytes.ts";
import { FormatError } from "../core/encoding/format-error.ts";
import { Problem } from "../core/problem.ts";
import { findType, loadCatalogue } from "../main/catalogue.ts";
import { batchFolder, readCertificateText } from "../main/files.ts";
import type { BatchJob, BatchStore } from "../ports.ts";
import { integer, requireOne } from "./options.ts";

export interface StatusSubject {
  readonly agency: string;
  readonly root: string;
  /** Null for the whole batch. */
  readonly index: number | null;
}

export interface SubjectOptions {
  readonly certificate?: string;
  readonly batch?: string;
  readonly agency?: string;
  readonly root?: string;
  readonly index?: number;
  readonly number?: string;
  readonly whole?: true;
}

/** --certificate FILE, or a batch (--batch, or --agency with --root) and what of it. */
export function withSubject(command: Command): Command {
  return command
    .option("--certificate <file>", "the certificate of this file (*.lzc.json)")
    .option("--batch <folder>", "a batch by its folder")
    .option("--agency <code>", "a batch by its agency and root")
    .option("--root <hash>", "a batch by its agency and root")
    .option("--index <n>", "the certificate with this index in the batch", integer)
    .option("--number <text>", "the certificate with this number on its face (with --batch)")
    .option("--whole", "the whole batch");
}

/** @throws Problem USAGE, BATCH_DAMAGED, CERTIFICATE_NOT_FOUND, CERTIFICATE_UNREADABLE. */
export async function subjectOf(options: SubjectOptions): Promise<StatusSubject> {
  requireOne(options, ["certificate", "batch", "root"]);
  if (options.certificate !== undefined) return certificateSubject(options.certificate);
  requireOne(options, ["index", "number", "whole"]);
  if (options.batch !== undefined) return batchSubject(options.batch, options);
  const { agency, root, index } = options;
  if (agency === undefined || root === undefined || options.number !== undefined) {
    throw new Problem("USAGE", "--agency and --root with --index or --whole expected");
  }
  return { agency, root: root.toLowerCase(), index: index ?? null };
}

/** @throws Problem FILE_NOT_FOUND, CERTIFICATE_UNREADABLE */
export async function certificateSubject(file: string): Promise<CertificatePlace> {
  try {
    return subjectOfFile(parseCertificateText(await readCertificateText(file)));
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new Problem("CERTIFICATE_UNREADABLE", `${file}: ${error.message}`, error);
  }
}

function subjectOfFile({ agency, batch }: CertificateFile): CertificatePlace {
  return { agency, root: `0x${toHex(batch.root)}`, index: batch.index };
}

async function batchSubject(
  folder: string,
  { index, number }: SubjectOptions,
): Promise<StatusSubject> {
  if (number !== undefined) return new NumberedBatches().find(folder, number);
  const { agency, root } = await requireJob(batchFolder(folder), folder);
  return { agency, root, index: index ?? null };
}

async function requireJob(store: BatchStore, folder: string): Promise<BatchJob> {
  const job = await store.job();
  if (job === null) throw new Problem("BATCH_DAMAGED", `${folder}: no job.json`);
  return job;
}

interface NumberedBatch {
  readonly agency: string;
  readonly root: string;
  readonly indices: ReadonlyMap<string, readonly number[]>;
}

/** Finds certificates by the numbers on their faces; each folder is read once, however many are asked for. */
export class NumberedBatches {
  readonly #batches = new Map<string, Promise<NumberedBatch>>();

  /** @throws Problem BATCH_DAMAGED, CERTIFICATE_NOT_FOUND also for a number that several certificates have. */
  async find(folder: string, number: string): Promise<CertificatePlace> {
    const reading = this.#batches.get(folder) ?? readNumbers(folder);
    this.#batches.set(folder, reading);
    const { agency, root, indices } = await reading;
    const [index, ...others] = indices.get(number) ?? [];
    if (index !== undefined && others.length === 0) return { agency, root, index };
    const places = [index, ...others].join(", ");
    const why = index === undefined ? "" : `: several have it, name one by its index: ${places}`;
    throw new Problem("CERTIFICATE_NOT_FOUND", `${folder}, ${number}${why}`);
  }
}

async function readNumbers(folder: string): Promise<NumberedBatch> {
  const store = batchFolder(folder);
  const { agency, root, type } = await requireJob(store, folder);
  const { numberClaim } = findType(await loadCatalogue(), type);
  const indices = new Map<string, number[]>();
  for await (const { index, claims } of store.certificates()) {
    const value = claims.find(({ name }) => name === numberClaim)?.value;
    if (typeof value !== "string") continue;
    indices.set(value, [...(indices.get(value) ?? []), index]);
  }
  return { agency, root, indices };
}
