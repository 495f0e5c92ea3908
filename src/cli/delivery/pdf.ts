import { Command } from "commander";
import { layOutCertificate } from "../../app/lay-out-certificate.ts";
import type { CertificateFile } from "../../core/certificate/certificate-file.ts";
import { certificatePdf, openFonts } from "../../main/delivery/printing.ts";
import type { PageFonts } from "../../main/delivery/printing.ts";
import { PageTemplates } from "../../main/delivery/page-templates.ts";
import { deliverArchive, deliverFiles } from "./deliver-files.ts";
import type { FileKind } from "./deliver-files.ts";
import { isMany, StoreDoor, withDelivery } from "./delivery-choice.ts";
import type { DeliveryChoice } from "./delivery-choice.ts";
import { createOutput } from "../terminal/output.ts";
import { Printing, withPrint } from "./print-options.ts";
import type { PrintOptions } from "./print-options.ts";
import { createProgress } from "../terminal/progress.ts";

export function pdfCommand(): Command {
  const command = new Command("pdf").description(
    "A certificate as a page to print (PDF), with its QR code\n打印证照",
  );
  return withPrint(withDelivery(command))
    .requiredOption("--out <path>", "the folder or file to write to; .zip for one archive")
    .option("--template <file>", "a template for the page, instead of the type's own")
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", NOTES)
    .action(pdf);
}

const NOTES = `
The page is laid out by the type's template in catalogue/templates, or from the type itself: its claims in their
order, each with its Chinese and English name. Text can be searched, copied and read aloud. The page shows all
claims; the QR code only those that the type always discloses, and --disclose.
A character that no font has is refused and named, never printed as an empty box: --font adds a font.
The same certificate gives the same bytes.

Examples:
  ./lz pdf --number 沪A123456789012 --out certificate.pdf
  ./lz pdf --job J-20261122-7F3K --all --out certificates.zip
Next: print it, or ./lz verify a photograph of its code`;

interface PdfOptions extends DeliveryChoice, PrintOptions {
  readonly out: string;
  readonly template?: string;
  readonly json?: true;
}

async function pdf(options: PdfOptions): Promise<void> {
  isMany(options);
  const output = createOutput(options.json === true);
  const progress = createProgress(output.isJson);
  const kind = await pdfFiles(options);
  const door = new StoreDoor();
  try {
    const { out } = options;
    const result = out.endsWith(".zip")
      ? { count: await deliverArchive(door, options, kind, progress), file: out }
      : await deliverFiles(door, options, kind, progress);
    progress.end();
    output.say(`已生成 PDF ${String(result.count)}: ${out}`);
    output.result(result);
  } finally {
    progress.end();
    await door.close();
  }
}

async function pdfFiles(options: PdfOptions): Promise<FileKind> {
  const printing = await Printing.prepare(options);
  const templates = PageTemplates.load(options.template);
  const fonts = await openFonts(options.font);
  return {
    ending: ".pdf",
    write: (certificate) => draw(certificate, printing, templates, fonts),
  };
}

function draw(
  certificate: CertificateFile,
  printing: Printing,
  templates: PageTemplates,
  fonts: PageFonts,
): Promise<Uint8Array> {
  const type = printing.typeOf(certificate);
  const template = templates.of(type);
  const code = printing.codeOf(certificate);
  return certificatePdf(layOutCertificate({ certificate, type, template, code }), fonts);
}
