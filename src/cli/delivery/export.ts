import { Command, Option } from "commander";
import {
  CERTIFICATE_EXTENSION,
  certificateToJson,
} from "../../core/certificate/certificate-file.ts";
import type { CertificateFile } from "../../core/certificate/certificate-file.ts";
import { Problem } from "../../core/problem.ts";
import { createBeside } from "../../main/delivery/delivery.ts";
import { deliverArchive, deliverFiles } from "./deliver-files.ts";
import type { Delivered, FileKind } from "./deliver-files.ts";
import {
  chosenCertificates,
  countOf,
  fromStore,
  isMany,
  StoreDoor,
  withDelivery,
} from "./delivery-choice.ts";
import type { DeliveryChoice } from "./delivery-choice.ts";
import { createOutput } from "../terminal/output.ts";
import type { Output } from "../terminal/output.ts";
import { createProgress } from "../terminal/progress.ts";
import type { ProgressDisplay } from "../terminal/progress.ts";

export function exportCommand(): Command {
  const command = new Command("export").description(
    "Write certificate files (*.lzc.json) for their holders\n导出证照文件",
  );
  return withDelivery(command)
    .requiredOption("--out <path>", "the folder or file to write to; - for standard output")
    .addOption(
      new Option("--format <name>", "files, one archive, or a line of JSON for each").choices([
        "files",
        "zip",
        "ndjson",
      ]),
    )
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", NOTES)
    .action(exportCertificates);
}

const NOTES = `
Each certificate is proven anew before it is written: its leaf is computed again, and its path followed to the
anchored root. A file holds personal data and is for its holder alone; only you may read it.
An --out that ends in .zip or .ndjson chooses the format. Archives and .ndjson files are there whole or not at
all; of a job's folders, one for each batch, a rerun keeps those that are whole and writes the others.

Examples:
  ./lz export --number 沪A123456789012 --out certificates
  ./lz export --root 5d0c46f0 --index 41 --out certificates
  ./lz export --job J-20261122-7F3K --all --out certificates.zip
  ./lz export --job J-20261122-7F3K --all --out - --format ndjson | gzip > certificates.ndjson.gz
Next: ./lz present --certificate certificates/000041.lzc.json, or ./lz pdf, ./lz qr, ./lz claim`;

type Format = "files" | "zip" | "ndjson";

interface ExportOptions extends DeliveryChoice {
  readonly out: string;
  readonly format?: Format;
  readonly json?: true;
}

const STANDARD_OUTPUT = "-";
const utf8 = new TextEncoder();

const CERTIFICATE_FILES: FileKind = {
  ending: CERTIFICATE_EXTENSION,
  write: (certificate) => {
    const text = JSON.stringify(certificateToJson(certificate), null, 2);
    return Promise.resolve(utf8.encode(`${text}\n`));
  },
};

async function exportCertificates(given: ExportOptions): Promise<void> {
  isMany(given);
  const options = await fromStore(given);
  const format = formatOf(options);
  const output = createOutput(options.json === true);
  const progress = createProgress(output.isJson);
  const door = new StoreDoor();
  try {
    if (format === "files") {
      const delivered = await deliverFiles(door, options, CERTIFICATE_FILES, progress);
      progress.end();
      sayFiles(output, options, delivered);
    } else await exportTogether(door, { ...options, format }, output, progress);
  } finally {
    progress.end();
    await door.close();
  }
}

/** @throws Problem USAGE */
function formatOf({ out, format, json }: ExportOptions): Format {
  const ending = /\.(zip|ndjson)$/i.exec(out)?.[1]?.toLowerCase() as Format | undefined;
  const chosen = format ?? ending ?? (out === STANDARD_OUTPUT ? "ndjson" : "files");
  if (out !== STANDARD_OUTPUT) return chosen;
  if (chosen !== "ndjson") throw new Problem("USAGE", "--out - is for --format ndjson");
  if (json === true) throw new Problem("USAGE", "--json with --out -: both are standard output");
  return chosen;
}

function sayFiles(output: Output, { out }: ExportOptions, delivered: Delivered): void {
  const { count, files, kept } = delivered;
  const [first] = files;
  output.say(`已导出 Exported ${String(count)} to ${out}`);
  if (kept > 0) output.say(`原已完整的文件夹 Folders whole already, kept: ${String(kept)}`);
  if (first !== undefined) output.say(`下一步 Next: ./lz present --certificate ${first}`);
  output.result({ count, files, kept });
}

/** One file of all. */
async function exportTogether(
  door: StoreDoor,
  options: ExportOptions & { readonly format: "zip" | "ndjson" },
  output: Output,
  progress: ProgressDisplay,
): Promise<void> {
  const { out, format } = options;
  const count =
    format === "zip"
      ? await deliverArchive(door, options, CERTIFICATE_FILES, progress)
      : await exportLines(door, options, progress);
  progress.end();
  if (out === STANDARD_OUTPUT) return;
  output.say(`已导出 Exported ${String(count)} to ${out}`);
  output.result({ count, file: out });
}

async function exportLines(
  door: StoreDoor,
  options: ExportOptions,
  progress: ProgressDisplay,
): Promise<number> {
  const total = await countOf(door, options);
  const file = options.out === STANDARD_OUTPUT ? null : await createBeside(options.out);
  let count = 0;
  try {
    for await (const { certificate } of chosenCertificates(door, options)) {
      const line = utf8.encode(lineOf(certificate));
      await (file === null ? print(line) : file.write(line));
      progress.show("certificates", ++count, total);
    }
    await file?.finish();
  } catch (error) {
    await file?.discard();
    throw error;
  }
  return count;
}

function lineOf(certificate: CertificateFile): string {
  return `${JSON.stringify(certificateToJson(certificate))}\n`;
}

/** Waits where the reader is slower. */
async function print(line: Uint8Array): Promise<void> {
  if (process.stdout.write(line)) return;
  await new Promise((resolve) => process.stdout.once("drain", resolve));
}
