import { dirname, join } from "node:path";
import { Command } from "commander";
import { exportCertificates } from "../app/export-certificates.ts";
import type { Selection } from "../app/export-certificates.ts";
import { CERTIFICATE_EXTENSION, certificateToJson } from "../core/certificate/certificate-file.ts";
import type { CertificateFile } from "../core/certificate/certificate-file.ts";
import { Problem } from "../core/problem.ts";
import type { BatchStore } from "../ports.ts";
import { findType, loadCatalogue } from "../main/catalogue.ts";
import { primitives } from "../main/system.ts";
import { batchFolder, makeFolder, writeDurably } from "../main/files.ts";
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
    .addHelpText("after", NOTES)
    .action(exportFiles);
}

const NOTES = `
A file holds personal data and is for its holder alone.

Example:
  ./lz export --batch batch-1 --index 0 --out certificates
Next: ./lz present --certificate certificates/000000.lzc.json`;

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
  const files: string[] = [];
  for await (const certificate of exportCertificates(
    primitives,
    store,
    await selectionOf(store, options),
  )) {
    const name = `${certificate.batch.index.toString().padStart(6, "0")}${CERTIFICATE_EXTENSION}`;
    const file = join(options.out, name);
    await writeFileFor(certificate, file);
    files.push(file);
    progress.show("certificates", files.length, null);
  }
  progress.end();
  const first = String(files[0]);
  output.say(`已导出 Exported ${String(files.length)} to ${options.out}, such as ${first}`);
  output.say(`下一步 Next: ./lz present --certificate ${first}`);
  output.result({ count: files.length, files: files.length > 1000 ? files.slice(0, 1000) : files });
}

/** The folder is made with the first file: where nothing is found, nothing is left behind. */
async function writeFileFor(certificate: CertificateFile, file: string): Promise<void> {
  await makeFolder(dirname(file));
  await writeDurably(file, `${JSON.stringify(certificateToJson(certificate), null, 2)}\n`);
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
