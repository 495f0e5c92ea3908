/** Whose status a command is about: a certificate or a whole batch, named in the way that is at hand. */
import type { Command } from "commander";
import { exportCertificates } from "../app/export-certificates.ts";
import { parseCertificateText } from "../core/certificate/certificate-file.ts";
import type { CertificateFile } from "../core/certificate/certificate-file.ts";
import { toHex } from "../core/encoding/bytes.ts";
import { FormatError } from "../core/encoding/format-error.ts";
import { Problem } from "../core/problem.ts";
import { findType, loadCatalogue } from "../main/catalogue.ts";
import { primitives } from "../main/system.ts";
import { batchFolder, readCertificateText } from "../main/files.ts";
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

async function certificateSubject(file: string): Promise<StatusSubject> {
  try {
    return subjectOfFile(parseCertificateText(await readCertificateText(file)));
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new Problem("CERTIFICATE_UNREADABLE", `${file}: ${error.message}`, error);
  }
}

function subjectOfFile({ agency, batch }: CertificateFile): StatusSubject {
  return { agency, root: `0x${toHex(batch.root)}`, index: batch.index };
}

async function batchSubject(
  folder: string,
  { index, number }: SubjectOptions,
): Promise<StatusSubject> {
  const store = batchFolder(folder);
  const job = await store.job();
  if (job === null) throw new Problem("BATCH_DAMAGED", `${folder}: no job.json`);
  const { agency, root, type } = job;
  if (number === undefined) return { agency, root, index: index ?? null };
  const { numberClaim: claim } = findType(await loadCatalogue(), type);
  for await (const file of exportCertificates(primitives, store, {
    kind: "number",
    claim,
    number,
  })) {
    return subjectOfFile(file);
  }
  throw new Problem("CERTIFICATE_NOT_FOUND", number);
}
