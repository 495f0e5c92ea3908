import { extname } from "node:path";
import { Command, Option } from "commander";
import { labelCertificate } from "../../app/label-certificate.ts";
import { Problem } from "../../core/problem.ts";
import { writeQr } from "../../main/delivery/codes.ts";
import { CodeSheets, openFonts } from "../../main/delivery/printing.ts";
import { deliverArchive, deliverFiles } from "./deliver-files.ts";
import type { FileKind } from "./deliver-files.ts";
import { chosenCertificates, countOf, isMany, StoreDoor, withDelivery } from "./delivery-choice.ts";
import type { DeliveryChoice } from "./delivery-choice.ts";
import { createOutput } from "../terminal/output.ts";
import { Printing, withPrint } from "./print-options.ts";
import type { PrintOptions } from "./print-options.ts";
import { createProgress } from "../terminal/progress.ts";
import type { ProgressDisplay } from "../terminal/progress.ts";

export function qrCommand(): Command {
  const command = new Command("qr").description(
    "QR codes of certificates for paper: pictures, or sheets to print and cut\n打印核验二维码",
  );
  return withPrint(withDelivery(command))
    .requiredOption("--out <path>", "the folder or file to write to")
    .addOption(
      new Option("--format <name>", "pictures, or sheets of A4 as PDF").choices([
        "svg",
        "png",
        "sheet",
      ]),
    )
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", NOTES)
    .action(qr);
}

const NOTES = `
A code on paper has no end and no holder's signature: it proves that the certificate is authentic, and a counter
compares the person. Claims that the type always discloses are in it; --disclose adds others. A module is 0.5 mm,
as a camera needs it; print without scaling. On sheets names are masked, numbers cut to their last four.
An --out that ends in .svg, .png, .pdf (sheets) or .zip chooses the format.

Examples:
  ./lz qr --number 沪A123456789012 --out code.svg
  ./lz qr --job J-20261122-7F3K --all --print check.example.gov.cn --out codes.pdf
  ./lz qr --job J-20261122-7F3K --all --format png --out codes.zip
Next: ./lz verify code.png`;

type Format = "svg" | "png" | "sheet";

interface QrOptions extends DeliveryChoice, PrintOptions {
  readonly out: string;
  readonly format?: Format;
  readonly json?: true;
}

async function qr(options: QrOptions): Promise<void> {
  const isFolder = isMany(options);
  const format = formatOf(options);
  const output = createOutput(options.json === true);
  const progress = createProgress(output.isJson);
  const printing = await Printing.prepare(options);
  const door = new StoreDoor();
  try {
    const result = await write(door, { ...options, format }, printing, progress);
    progress.end();
    const what = isFolder ? `${String(result.count)} ` : "";
    output.say(`二维码 QR codes: ${what}${options.out}`);
    output.result(result);
  } finally {
    progress.end();
    await door.close();
  }
}

const ENDINGS: Readonly<Record<string, Format>> = { ".svg": "svg", ".png": "png", ".pdf": "sheet" };

/** Pictures that none is written as: no folder is meant by such a name. */
const OTHER_PICTURES = /\.(?:gif|jpe?g|webp|bmp|tiff?)$/i;

/** @throws Problem USAGE where the file's ending says otherwise than --format, or is that of no format */
function formatOf({ out, format }: QrOptions): Format {
  const ending = ENDINGS[extname(out).toLowerCase()];
  if (OTHER_PICTURES.test(out)) {
    throw new Problem("USAGE", `--out ${out}: .svg, .png, .pdf, .zip or a folder expected`);
  }
  if (ending !== undefined && format !== undefined && ending !== format) {
    throw new Problem("USAGE", `--out ${out} with --format ${format}`);
  }
  return format ?? ending ?? "svg";
}

interface QrResult {
  readonly count: number;
  readonly files?: readonly string[];
  readonly file?: string;
}

async function write(
  door: StoreDoor,
  options: QrOptions & { readonly format: Format },
  printing: Printing,
  progress: ProgressDisplay,
): Promise<QrResult> {
  const { format, out } = options;
  if (format === "sheet") {
    return { count: await writeSheets(door, options, printing, progress), file: out };
  }
  const kind: FileKind = {
    ending: `.${format}`,
    write: (certificate) => Promise.resolve(writeQr(printing.codeOf(certificate), format)),
  };
  if (!out.endsWith(".zip")) return deliverFiles(door, options, kind, progress);
  return { count: await deliverArchive(door, options, kind, progress), file: out };
}

async function writeSheets(
  door: StoreDoor,
  options: QrOptions,
  printing: Printing,
  progress: ProgressDisplay,
): Promise<number> {
  const total = await countOf(door, options);
  const sheets = await CodeSheets.create(options.out, await openFonts(options.font));
  let count = 0;
  try {
    for await (const { certificate } of chosenCertificates(door, options)) {
      const label = labelCertificate(certificate, printing.typeOf(certificate));
      await sheets.add({ text: printing.codeOf(certificate), label });
      progress.show("certificates", ++count, total);
    }
    await sheets.finish();
  } catch (error) {
    await sheets.discard();
    throw error;
  }
  return count;
}
