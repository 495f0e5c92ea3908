import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import { exportCertificates } from "../app/export-certificates.ts";
import type { Selection } from "../app/export-certificates.ts";
import { CERTIFICATE_EXTENSION, certificateToJson } from "../core/certificate/certificate-file.ts";
import { Problem } from "../core/problem.ts";
import type { BatchStore } from "../ports.ts";
import { findType, loadCatalogue } from "../main/catalogue.ts";
import { batchFolder, writeDurably } from "../main/files.ts";
import { createOutput } from "./output.ts";
import { integer, requireOne } from "./options.ts";
import { createProgress } from "./progress.ts";

export function exportCommand(): Command {
  return new Command("export")
    .description("Write certificate files (*.lzc.json) of a batch for their holders\n导出证照文件")
    .requiredOption("--batch <folder>", "the batch folder that ./lz issue made")
    .option("--index <n>", "one certificate, by its index in the batch", integer)
    .option("--number <text>", "one certificate, by the number on its face")
    .option("--all", "all certificates")
    .requiredOption("--out <folder>", "the folder to write to")
    .option("--catalogue <folder>", "certificate types (default: the project's catalogue/)")
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", "\nA file holds personal data and is for its holder alone.")
    .action(exportFiles);
}

interface ExportOptions {
  readonly batch: string;
  readonly index?: number;
  readonly number?: string;
  readonly all?: true;
  readonly out: string;
  readonly catalogue?: string;
  readonly json?: true;
}

async function exportFiles(options: ExportOptions): Promise<void> {
  requireOne(options, ["index", "number", "all"]);
  const output = createOutput(options.json === true);
  const progress = createProgress(output.isJson);
  const store = batchFolder(options.batch);
  await makeFolder(options.out);
  const files: string[] = [];
  for await (const certificate of exportCertificates(store, await selectionOf(store, options))) {
    const name = `${certificate.batch.index.toString().padStart(6, "0")}${CERTIFICATE_EXTENSION}`;
    const file = join(options.out, name);
    await writeDurably(file, `${JSON.stringify(certificateToJson(certificate), null, 2)}\n`);
    files.push(file);
    progress.show("certificates", files.length, null);
  }
  progress.end();
  const first = String(files[0]);
  output.say(`已导出 Exported ${String(files.length)} to ${options.out}, such as ${first}`);
  output.result({ count: files.length, files: files.length > 1000 ? files.slice(0, 1000) : files });
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new Problem("DISK_FAILED", folder, error);
  });
}

async function selectionOf(store: BatchStore, options: ExportOptions): Promise<Selection> {
  const { index, number, catalogue } = options;
  if (index !== undefined) return { kind: "index", index };
  if (number === undefined) return { kind: "all" };
  const job = await store.job();
  if (job === null) throw new Problem("BATCH_DAMAGED", `${store.name}: no job.json`);
  const { numberClaim } = findType(await loadCatalogue(catalogue), job.type);
  return { kind: "number", claim: numberClaim, number };
}
