import { writeFile } from "node:fs/promises";
import { extname } from "node:path";
import { Command } from "commander";
import { presentCertificate } from "../app/present-certificate.ts";
import { loadSettings } from "../config.ts";
import { isBearer } from "../core/certificate/certificate-file.ts";
import type { CertificateFile } from "../core/certificate/certificate-file.ts";
import { toPrintText, toQrText } from "../core/presentation/qr-text.ts";
import { Problem } from "../core/problem.ts";
import { loadCatalogue } from "../main/catalogue.ts";
import { writeQr } from "../main/delivery.ts";
import { readSigningKey } from "../main/keys.ts";
import { primitives, systemClock } from "../main/system.ts";
import { createOutput } from "./output.ts";
import { integer, list, nonce } from "./options.ts";
import { readCertificate } from "./read-certificate.ts";

export function presentCommand(): Command {
  return new Command("present")
    .description("Show a certificate: disclose what the matter needs, as a QR code\n亮证")
    .requiredOption("--certificate <file>", "the certificate file (*.lzc.json)")
    .option("--disclose <names>", "claims to show, separated by commas", list, [])
    .option("--audience <text>", "the counter it is meant for")
    .option("--nonce <hex>", "the counter's challenge", nonce)
    .option("--key <file>", "the holder's key: proves who shows it; made by ./lz key new")
    .option(
      "--ttl <seconds>",
      "how long the code lives (default: 60; with --print no end)",
      integer,
    )
    .option("--print <host>", "for paper: a link to that host's checking page, without an end")
    .option("--qr <file>", "write the QR code to a .png or .svg file")
    .option("--text", "print the QR code's text instead of drawing it on the terminal")
    .option("--catalogue <folder>", "certificate types (default: the project's catalogue/)")
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", NOTES)
    .action(present);
}

const NOTES = `
Claims that the type always discloses are shown whether named or not.

Examples:
  ./lz present --certificate certificates/000000.lzc.json --disclose holderName --qr code.png
  ./lz present --certificate certificates/000000.lzc.json --key citizen.jwk --audience 3号窗口
Next: ./lz verify code.png`;

interface PresentOptions {
  readonly certificate: string;
  readonly disclose: readonly string[];
  readonly audience?: string;
  readonly nonce?: Uint8Array;
  readonly key?: string;
  readonly ttl?: number;
  readonly print?: string;
  readonly qr?: string;
  readonly text?: true;
  readonly catalogue?: string;
  readonly json?: true;
}

const DEFAULT_TTL_SECONDS = 60;

async function present(options: PresentOptions): Promise<void> {
  const output = createOutput(options.json === true);
  if (options.qr !== undefined) pictureFormat(options.qr);
  const certificate = await readCertificate(options.certificate);
  const disclose = [...(await alwaysDisclosed(certificate, options)), ...options.disclose];
  requireHolderKey(certificate, options);
  const bytes = presentCertificate(primitives, {
    certificate,
    disclose,
    now: systemClock.now(),
    lifetime: options.ttl ?? (options.print === undefined ? DEFAULT_TTL_SECONDS : null),
    ...(options.audience !== undefined && { audience: options.audience }),
    ...(options.nonce !== undefined && { nonce: options.nonce }),
    ...(options.key !== undefined && {
      holderKey: await readSigningKey(loadSettings(), options.key),
    }),
  });
  const text = options.print === undefined ? toQrText(bytes) : toPrintText(bytes, options.print);
  if (options.qr !== undefined) await writePicture(options.qr, text);
  if (options.text === true) output.say(text);
  else if (options.qr === undefined && !output.isJson) output.say(terminalQr(text));
  if (options.qr !== undefined) output.say(`二维码 QR code: ${options.qr}`);
  output.result({ text, bytes: bytes.length, qr: options.qr ?? null, disclosed: disclose });
}

/** As the local catalogue knows the type; a type it does not know adds nothing. */
async function alwaysDisclosed(
  { type, schemaVersion }: CertificateFile,
  { catalogue }: PresentOptions,
): Promise<readonly string[]> {
  const types = await loadCatalogue(catalogue);
  const known = types.find(({ code, version }) => code === type && version === schemaVersion);
  return known?.alwaysDisclosed ?? [];
}

function requireHolderKey({ holder }: CertificateFile, { key, print }: PresentOptions): void {
  if (!isBearer(holder) && key === undefined) {
    throw new Problem("USAGE", "this certificate is its holder's alone: --key expected");
  }
  if (key !== undefined && print !== undefined) {
    throw new Problem("USAGE", "--print is for bearer certificates: a signed code would run out");
  }
}

async function writePicture(file: string, text: string): Promise<void> {
  await writeFile(file, writeQr(text, pictureFormat(file))).catch((error: unknown) => {
    throw new Problem("DISK_FAILED", file, error);
  });
}

/** Also asked before anything else is done. */
function pictureFormat(file: string): "png" | "svg" {
  const ending = extname(file).toLowerCase();
  if (ending === ".png") return "png";
  if (ending === ".svg") return "svg";
  throw new Problem("USAGE", `--qr ${file}: .png or .svg expected`);
}

function terminalQr(text: string): string {
  return new TextDecoder().decode(writeQr(text, "terminal"));
}
