import { writeFile } from "node:fs/promises";
import { extname } from "node:path";
import { Command } from "commander";
import { presentCertificate } from "../../app/present-certificate.ts";
import { loadSettings } from "../../config.ts";
import { isBearer } from "../../core/certificate/certificate-file.ts";
import type { CertificateFile } from "../../core/certificate/certificate-file.ts";
import { toPrintText, toQrText } from "../../core/presentation/qr-text.ts";
import type { RequestName } from "../../core/presentation/request-name.ts";
import { Problem } from "../../core/problem.ts";
import { loadCatalogue } from "../../main/catalogue.ts";
import { writeQr } from "../../main/delivery/codes.ts";
import { fetchRequest, leaveReference, postAnswer } from "../../main/presentation-requests.ts";
import type { Service } from "../../main/presentation-requests.ts";
import { readSigningKey } from "../../main/keys/keys.ts";
import { primitives, systemClock } from "../../main/system.ts";
import { readBinding } from "./read-binding.ts";
import { confirm } from "../terminal/confirm.ts";
import { createOutput } from "../terminal/output.ts";
import type { Output } from "../terminal/output.ts";
import { integer, list, nonce } from "../terminal/options.ts";
import { readCertificate } from "../terminal/read-certificate.ts";
import { requestNamed, serverOf } from "./request.ts";
import { sayRequest } from "./told-request.ts";

export function presentCommand(): Command {
  return new Command("present")
    .description("Show a certificate: disclose what the matter needs, as a QR code\n亮证")
    .requiredOption("--certificate <file>", "the certificate file (*.lzc.json)")
    .option("--disclose <names>", "claims to show, separated by commas", list, [])
    .option("--audience <text>", "the counter it is meant for")
    .option("--nonce <hex>", "the counter's challenge", nonce)
    .option("--key <file>", "the holder's key: proves who shows it; made by ./lz key new")
    .option("--binding <file>", "with --key: the agency's word that the key is the holder's")
    .option(
      "--ttl <seconds>",
      "how long the code lives (default: 60; with --print no end)",
      integer,
    )
    .option("--print <host>", "for paper: a link to that host's checking page, without an end")
    .option("--qr <file>", "write the QR code to a .png or .svg file")
    .option("--text", "print the QR code's text instead of drawing it on the terminal")
    .option("--request <name>", "answer a counter's request: its six digits, id or link")
    .option("--yes", "with --request: answer without asking first")
    .option("--reference", "leave it with --server, and show a short code that refers to it")
    .option("--server <url>", "the verification service of --request and --reference")
    .option("--catalogue <folder>", "certificate types (default: the project's catalogue/)")
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", NOTES)
    .action(present);
}

const NOTES = `
Claims that the type always discloses are shown whether named or not. With --request you see who asks, for what and why,
before anything is shown; what is then shown answers that request alone, with the claims it asks for.

Examples:
  ./lz present --certificate certificates/000000.lzc.json --disclose holderName --qr code.png
  ./lz present --certificate certificates/000000.lzc.json --key citizen.jwk --audience 3号窗口
  ./lz present --certificate certificates/000000.lzc.json --request 048213 --server http://127.0.0.1:8080
Next: ./lz verify code.png`;

interface PresentOptions {
  readonly certificate: string;
  readonly disclose: readonly string[];
  readonly audience?: string;
  readonly nonce?: Uint8Array;
  readonly key?: string;
  readonly binding?: string;
  readonly ttl?: number;
  readonly print?: string;
  readonly request?: string;
  readonly yes?: true;
  readonly reference?: true;
  readonly server?: string;
  readonly qr?: string;
  readonly text?: true;
  readonly catalogue?: string;
  readonly json?: true;
}

const DEFAULT_TTL_SECONDS = 60;

async function present(options: PresentOptions): Promise<void> {
  const output = createOutput(options.json === true);
  requireFitting(options);
  const certificate = await readCertificate(options.certificate);
  requireHolderKey(certificate, options);
  const always = await alwaysDisclosed(certificate, options);
  const showing = { certificate, always, options };
  if (options.request !== undefined) return answer(output, options.request, showing);
  const { audience, nonce } = options;
  const disclosed = [...always, ...options.disclose];
  const bytes = await bytesOf(showing, disclosed, { audience, nonce });
  const made = await textOf(bytes, options);
  if (options.qr !== undefined) await writePicture(options.qr, made.text);
  if (options.text === true) output.say(made.text);
  else if (options.qr === undefined && !output.isJson) output.say(terminalQr(made.text));
  if (options.qr !== undefined) output.say(`二维码 QR code: ${options.qr}`);
  output.result({ ...made, bytes: bytes.length, qr: options.qr ?? null, disclosed });
}

interface Showing {
  readonly certificate: CertificateFile;
  /** Names of claims that no presentation may withhold. */
  readonly always: readonly string[];
  readonly options: PresentOptions;
}

/** To whom, and in answer to what. */
interface Addressee {
  readonly audience: string | undefined;
  readonly nonce: Uint8Array | undefined;
}

async function bytesOf(
  { certificate, options }: Showing,
  disclose: readonly string[],
  { audience, nonce }: Addressee,
): Promise<Uint8Array> {
  return presentCertificate(primitives, {
    certificate,
    disclose,
    now: systemClock.now(),
    lifetime: options.ttl ?? (options.print === undefined ? DEFAULT_TTL_SECONDS : null),
    ...(audience !== undefined && { audience }),
    ...(nonce !== undefined && { nonce }),
    ...(options.binding !== undefined && { binding: await readBinding(options.binding) }),
    ...(options.key !== undefined && {
      holderKey: await readSigningKey(loadSettings(), options.key),
    }),
  });
}

interface MadeText {
  readonly text: string;
  /** Of a reference: until when it may be taken. */
  readonly expiresAt?: string;
}

async function textOf(bytes: Uint8Array, options: PresentOptions): Promise<MadeText> {
  if (options.print !== undefined) return { text: toPrintText(bytes, options.print) };
  const text = toQrText(bytes);
  return options.reference === true ? leaveReference(serviceOf(options, null), text) : { text };
}

/** Nothing is shown before its holder has seen who asks and why, and agreed. */
async function answer(output: Output, name: string, showing: Showing): Promise<void> {
  const { certificate, always, options } = showing;
  const named = requestNamed(name);
  const service = serviceOf(options, named);
  const request = await fetchRequest(service, named);
  sayRequest(output, request);
  requireType(certificate, request.type);
  if (options.yes !== true && !(await confirm("出示以上信息？Show these claims?", "--yes"))) return;
  const disclosed = [...new Set([...always, ...request.claims.map((claim) => claim.name)])];
  const { id, audience, nonceBytes: nonce } = request;
  await postAnswer(service, id, toQrText(await bytesOf(showing, disclosed, { audience, nonce })));
  output.say(`已亮证 Shown to ${audience}.`);
  output.result({ request: id, state: "answered", audience, disclosed });
}

function requireType({ type }: CertificateFile, asked: string): void {
  if (type === asked) return;
  throw new Problem("PRESENTATION_UNFIT", `the counter asks for type ${asked}, this is ${type}`);
}

/** A wallet proves who it is by what it shows: it has no key of a client. */
function serviceOf(options: PresentOptions, name: RequestName | null): Service {
  return { server: serverOf(options, name), timeoutMs: loadSettings().timeoutMs };
}

/** Asked before anything else is done. @throws Problem USAGE */
function requireFitting(options: PresentOptions): void {
  if (options.qr !== undefined) pictureFormat(options.qr);
  if (options.request !== undefined) {
    refuseBeside("--request", options, ["audience", "nonce", "print", "reference", "qr", "text"]);
    if (options.disclose.length > 0) throw beside("--request", "disclose");
  }
  if (options.reference === true) refuseBeside("--reference", options, ["print"]);
}

function refuseBeside(
  flag: string,
  options: PresentOptions,
  names: readonly (keyof PresentOptions)[],
): void {
  const other = names.find((name) => options[name] !== undefined);
  if (other !== undefined) throw beside(flag, other);
}

function beside(flag: string, other: string): Problem {
  return new Problem("USAGE", `${flag} goes without --${other}`);
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

function requireHolderKey(
  { holder }: CertificateFile,
  { key, print, binding }: PresentOptions,
): void {
  if (binding !== undefined && key === undefined) {
    throw new Problem("USAGE", "--binding: the key that it binds expected, --key");
  }
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

function pictureFormat(file: string): "png" | "svg" {
  const ending = extname(file).toLowerCase();
  if (ending === ".png") return "png";
  if (ending === ".svg") return "svg";
  throw new Problem("USAGE", `--qr ${file}: .png or .svg expected`);
}

function terminalQr(text: string): string {
  return new TextDecoder().decode(writeQr(text, "terminal"));
}
