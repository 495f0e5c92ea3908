/** Bindings by hand, for agencies that run no endpoint: that a certificate belongs to a holder's key. */
import { Command, InvalidArgumentError } from "commander";
import { requireTrusted, signBinding } from "../../app/holding/sign-binding.ts";
import { loadSettings } from "../../config.ts";
import { isBearer } from "../../core/certificate/certificate-file.ts";
import type { CertificateFile } from "../../core/certificate/certificate-file.ts";
import { fromHex, toBase64Url, toHex } from "../../core/encoding/bytes.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import type { P256PublicKey } from "../../core/hashing.ts";
import { findAgency } from "../../core/ledger/agencies.ts";
import { trustedDocumentKeys } from "../../core/ledger/document-keys.ts";
import type { LedgerState } from "../../core/ledger/state.ts";
import type { Binding } from "../../core/presentation/binding.ts";
import { keyThumbprint, verifySign1 } from "../../core/presentation/cose.ts";
import { Problem } from "../../core/problem.ts";
import { documentKeyFile } from "../../main/agency/agency-endpoint.ts";
import { openChain, readLedger } from "../../main/chain/chain.ts";
import { createFile } from "../../main/files.ts";
import { readDocumentKey, readSigningKey } from "../../main/keys/keys.ts";
import { primitives, systemClock } from "../../main/system.ts";
import { createOutput } from "../terminal/output.ts";
import type { ChainOptions } from "../terminal/options.ts";
import { integer, withChain } from "../terminal/options.ts";
import { decodeOrExplain, readBinding } from "./read-binding.ts";
import { readCertificate } from "../terminal/read-certificate.ts";

const DAY = 86_400;

export function bindingCommand(): Command {
  const command = new Command("binding").description(
    "Bindings by hand: that a certificate belongs to a holder's key\n持证人绑定",
  );
  addSign(command);
  addShow(command);
  return command;
}

const SIGN_NOTES = `
For agencies whose clerks bind at the window; ./lz serve --agency does it for wallets. The holder's file may be a public
key alone. The document key is keys/document-CODE.key in LZ_HOME unless --key names another; the chain must trust it.

Examples:
  ./lz binding sign --certificate certificates/000041.lzc.json --holder citizen.jwk --out citizen.binding
Next: ./lz present --certificate certificates/000041.lzc.json --key citizen.jwk --binding citizen.binding`;

interface SignOptions extends ChainOptions {
  readonly certificate: string;
  readonly holder: string;
  readonly days: number;
  readonly key?: string;
  readonly out: string;
}

function addSign(parent: Command): void {
  withChain(parent.command("sign"))
    .description("Sign a binding with the agency's document key\n签发持证人绑定")
    .requiredOption("--certificate <file>", "the certificate file (*.lzc.json)")
    .requiredOption("--holder <file>", "the holder's key: JWK or PEM of P-256, or its public half")
    .requiredOption("--out <file>", "the file to write; it must not be there yet")
    .option("--days <n>", "how long it holds, 1 to 30", days, 7)
    .option("--key <file>", "the agency's document key (default: keys/document-CODE.key)")
    .addHelpText("after", SIGN_NOTES)
    .action(sign);
}

function days(text: string): number {
  const value = integer(text);
  if (value >= 1 && value <= 30) return value;
  throw new InvalidArgumentError("1 to 30 expected.");
}

async function sign(options: SignOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const settings = loadSettings();
  const certificate = await readCertificate(options.certificate);
  requireBearer(certificate);
  const { agency, batch } = certificate;
  const key = await holderKey(options.holder);
  const documentKey = await readSigningKey(
    settings,
    options.key ?? documentKeyFile(settings, agency),
  );
  const issuedAt = systemClock.now();
  await withLedger(options, (view) => {
    requireTrusted(view, agency, documentKey, issuedAt);
  });
  const content = { agency, root: batch.root, index: batch.index, key, issuedAt };
  const expiresAt = issuedAt + options.days * DAY;
  const { binding } = signBinding(documentKey, { ...content, expiresAt });
  await createFile(options.out, `${toBase64Url(binding)}\n`);
  output.say(`已签发 Signed: ${options.out}, until ${formatInstant(expiresAt)}`);
  output.result({ file: options.out, agency, expiresAt: formatInstant(expiresAt) });
}

function requireBearer({ holder }: CertificateFile): void {
  if (isBearer(holder)) return;
  throw new Problem("USAGE", "--certificate: its leaf names its holder's key; it needs no binding");
}

async function holderKey(file: string): Promise<P256PublicKey> {
  const { algorithm, x, y } = await readDocumentKey(loadSettings(), file);
  const [left, right] = [fromHex(x.slice(2)), fromHex(y.slice(2))];
  if (algorithm === "P-256" && left !== null && right !== null) return { x: left, y: right };
  throw new Problem("KEY_MALFORMED", `${file}: a holder's key is of P-256`);
}

const SHOW_NOTES = `
Says whose it is, for which certificate and how long, and whether the chain trusts the key that signed it.

Examples:
  ./lz binding show citizen.binding
Next: ./lz present --certificate FILE --key citizen.jwk --binding citizen.binding`;

function addShow(parent: Command): void {
  withChain(parent.command("show"))
    .description("Show what a binding says, and whether it is good\n查看持证人绑定")
    .argument("<file>", "as lz binding sign wrote it")
    .addHelpText("after", SHOW_NOTES)
    .action(show);
}

async function show(file: string, options: ChainOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const binding = decodeOrExplain(file, await readBinding(file));
  const isTrusted = await withLedger(options, ({ state }) => isSigned(state, binding));
  const told = toldBinding(binding, isTrusted);
  for (const [name, value] of Object.entries(told)) {
    output.say(`${name.padEnd(12)} ${typeof value === "string" ? value : JSON.stringify(value)}`);
  }
  output.result(told);
}

function toldBinding(binding: Binding, isTrusted: boolean): Record<string, unknown> {
  const { agency, root, index, key, issuedAt, expiresAt, grant = null } = binding;
  return {
    agency,
    root: `0x${toHex(root)}`,
    index,
    key: toHex(keyThumbprint(primitives, key)),
    issuedAt: formatInstant(issuedAt),
    expiresAt: formatInstant(expiresAt),
    isTrusted,
    isExpired: expiresAt <= systemClock.now(),
    grant,
  };
}

function isSigned(state: LedgerState, { agency, issuedAt, sign1 }: Binding): boolean {
  const keys = trustedDocumentKeys(findAgency(state, agency, Infinity), issuedAt, Infinity);
  return keys.some(({ x, y, algorithm }) => {
    const [left, right] = [fromHex(x.slice(2)), fromHex(y.slice(2))];
    if (left === null || right === null) return false;
    return verifySign1(primitives, { x: left, y: right }, sign1, algorithm);
  });
}

async function withLedger<T>(
  options: ChainOptions,
  read: (view: Awaited<ReturnType<typeof readLedger>>) => T,
): Promise<T> {
  const chain = await openChain(loadSettings(), options);
  try {
    return read(await readLedger(chain));
  } finally {
    chain.close();
  }
}
