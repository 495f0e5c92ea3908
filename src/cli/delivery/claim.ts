import { Command, InvalidArgumentError } from "commander";
import { claimCodeState, createClaimCodes } from "../../app/claim-codes.ts";
import type { ClaimCodeState } from "../../app/claim-codes.ts";
import type { CertificateFile } from "../../core/certificate/certificate-file.ts";
import { toHex } from "../../core/encoding/bytes.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import { claimLink } from "../../core/holding/claim-link.ts";
import type { ClaimCodeText } from "../../core/identifiers/claim-code.ts";
import { writeClaimCode } from "../../core/identifiers/claim-code.ts";
import { Problem } from "../../core/problem.ts";
import { createBeside } from "../../main/delivery/delivery.ts";
import { systemClock, systemRandomness } from "../../main/system.ts";
import type { AgencyStore } from "../../ports/agency-store.ts";
import type { ClaimCode, NewClaimCode } from "../../ports/claim-codes.ts";
import {
  chosenCertificates,
  countOf,
  fromStore,
  isMany,
  StoreDoor,
  withDelivery,
} from "./delivery-choice.ts";
import type { DeliveryChoice, NamedCertificate } from "./delivery-choice.ts";
import { integer } from "../terminal/options.ts";
import { createOutput } from "../terminal/output.ts";
import type { Output } from "../terminal/output.ts";
import { Printing } from "./print-options.ts";
import { createProgress } from "../terminal/progress.ts";

export function claimCommand(): Command {
  const command = new Command("claim").description(
    "Claim codes: with one a citizen fetches a certificate into a wallet\n领证码",
  );
  addCreateCommand(command);
  addListCommand(command);
  addRevokeCommand(command);
  return command;
}

const CREATE_NOTES = `
A code is sixteen characters in groups of four, with one that notices mistyping. It works once, until it runs
out, and only the newest of a certificate. The store keeps a keyed hash of it: it is shown now, and never again.
Of one certificate it is printed; of several written to --out, a table (CSV) of number, root, index and code.

Examples:
  ./lz claim create --number 沪A123456789012
  ./lz claim create --job J-20261122-7F3K --all --valid 60d --out codes.csv
  ./lz claim create --number 沪A123456789012 --wallet https://wallet.example.gov.cn --at claim.example.gov.cn
Next: give each code to its holder alone, by a way that reaches nobody else`;

interface CreateOptions extends DeliveryChoice {
  readonly valid: number;
  readonly wallet?: string;
  readonly at?: string;
  readonly out?: string;
  readonly catalogue?: string;
  readonly json?: true;
}

const DAY = 86_400;
const UNITS: Readonly<Record<string, number>> = { h: 3600, d: DAY };
const LONGEST = 366 * DAY;

/** "30d" → 2,592,000 */
function lifetime(text: string): number {
  const [, count = "", unit = ""] = /^(\d{1,4})([hd])$/.exec(text) ?? [];
  const seconds = Number(count) * (UNITS[unit] ?? 0);
  if (seconds > 0 && seconds <= LONGEST) return seconds;
  throw new InvalidArgumentError("hours or days such as 12h or 30d expected, 366d at most.");
}

function addCreateCommand(parent: Command): void {
  const command = new Command("create").description("Make claim codes\n生成领证码");
  withDelivery(command)
    .option("--valid <time>", "how long they live, in hours or days", lifetime, 30 * DAY)
    .option("--wallet <url>", "with --at: give the link that opens it in the wallet, too")
    .option(
      "--at <host>",
      "with --wallet: the endpoint of ./lz serve --agency, as wallets reach it",
    )
    .option("--out <file>", "the table of codes, where there are several (CSV)")
    .option("--catalogue <folder>", "certificate types (default: the project's catalogue/)")
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", CREATE_NOTES)
    .action(create);
  parent.addCommand(command);
}

async function create(given: CreateOptions): Promise<void> {
  if (isMany(given) && given.out === undefined) throw new Problem("USAGE", "--out expected");
  if ((given.wallet === undefined) !== (given.at === undefined)) {
    throw new Problem("USAGE", "--wallet and --at go together");
  }
  const options = await fromStore(given);
  const output = createOutput(options.json === true);
  const door = new StoreDoor();
  try {
    if (options.out !== undefined) await createTable(door, options, options.out, output);
    else await createOne(door, options, output);
  } finally {
    await door.close();
  }
}

async function createOne(door: StoreDoor, options: CreateOptions, output: Output): Promise<void> {
  for await (const { certificate } of chosenCertificates(door, options)) {
    const [made] = await codesFor(await door.store(), [certificate], options.valid);
    if (made === undefined) return;
    const code = writeClaimCode(made.code);
    const until = formatInstant(made.expiresAt);
    output.say(`领证码 Claim code: ${code}`);
    output.say(`有效至 Until ${until}；仅显示这一次 shown this once only`);
    const link = linkOf(options, made.code);
    if (link !== null) output.say(`链接 Link: ${link}`);
    const { root, index } = made;
    output.result({ code, expiresAt: until, root, index, ...(link !== null && { link }) });
  }
}

function linkOf({ wallet, at }: CreateOptions, code: ClaimCodeText): string | null {
  return wallet === undefined || at === undefined ? null : claimLink(wallet, at, code);
}

const HEADER = ["number", "root", "index", "code", "expiresAt"];
/** How many codes go into the store at once. */
const CODES_AT_ONCE = 2_000;
const utf8 = new TextEncoder();

/** A code whose line is not on the disk in the end is of no use to anyone: a rerun makes others. */
async function createTable(
  door: StoreDoor,
  options: CreateOptions,
  out: string,
  output: Output,
): Promise<void> {
  const progress = createProgress(output.isJson);
  const total = await countOf(door, options);
  const types = await Printing.prepare(options);
  const store = await door.store();
  const table = await createBeside(out);
  let count = 0;
  try {
    await table.write(utf8.encode(headerOf(options)));
    for await (const some of inChunks(chosenCertificates(door, options))) {
      await table.write(utf8.encode(await linesOf(store, types, some, options)));
      progress.show("codes", (count += some.length), total);
    }
    await table.finish();
  } catch (error) {
    await table.discard();
    throw error;
  } finally {
    progress.end();
  }
  output.say(`已生成领证码 Claim codes: ${String(count)} in ${out}`);
  output.result({ count, file: out });
}

/** With a byte order mark, by which a spreadsheet knows that it is UTF-8. */
function headerOf({ wallet }: CreateOptions): string {
  const header = wallet === undefined ? HEADER : [...HEADER, "link"];
  return `\uFEFF${header.join(",")}\r\n`;
}

/** Makes a code for each certificate, all in one transaction. */
async function linesOf(
  store: AgencyStore,
  types: Printing,
  certificates: readonly CertificateFile[],
  options: CreateOptions,
): Promise<string> {
  const numbers = certificates.map((certificate) => types.numberOf(certificate));
  const codes = await codesFor(store, certificates, options.valid);
  const lines = codes.map((made, i) => {
    return lineOf(numbers[i] ?? "", made, linkOf(options, made.code));
  });
  return lines.join("");
}

async function* inChunks(
  certificates: AsyncIterable<NamedCertificate>,
): AsyncGenerator<readonly CertificateFile[]> {
  let chunk: CertificateFile[] = [];
  for await (const { certificate } of certificates) {
    chunk.push(certificate);
    if (chunk.length < CODES_AT_ONCE) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

function codesFor(
  store: AgencyStore,
  certificates: readonly CertificateFile[],
  seconds: number,
): Promise<readonly NewClaimCode[]> {
  const places = certificates.map(({ batch }) => {
    return { root: `0x${toHex(batch.root)}`, index: batch.index };
  });
  return createClaimCodes({ store, clock: systemClock }, systemRandomness, places, seconds);
}

/** As other programs read it: a spreadsheet must be told that the number's column is text. */
function lineOf(
  number: string,
  { root, index, code, expiresAt }: NewClaimCode,
  link: string | null,
): string {
  const cells = [`"${number.replaceAll('"', '""')}"`, root, String(index), writeClaimCode(code)];
  const all = [...cells, formatInstant(expiresAt), ...(link === null ? [] : [link])];
  return `${all.join(",")}\r\n`;
}

const STATE_WORDS: Readonly<Record<ClaimCodeState, string>> = {
  open: "有效 open",
  used: "已领取 used",
  expired: "已过期 expired",
  revoked: "已撤销 revoked",
};

interface ListOptions {
  readonly limit: number;
  readonly json?: true;
}

function addListCommand(parent: Command): void {
  parent
    .command("list")
    .description("The newest claim codes and what became of them, without the codes\n领证码列表")
    .option("--limit <n>", "how many to show", integer, 100)
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", "\nExample:\n  ./lz claim list\nNext: ./lz claim revoke ID")
    .action(showList);
}

async function showList(options: ListOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const door = new StoreDoor();
  const now = systemClock.now();
  try {
    const { claimCodes } = await door.store();
    const codes = await claimCodes.list(options.limit);
    const counts = await claimCodes.counts(now);
    const rows = codes.map((code) => rowOf(code, now));
    output.table(["id", "certificate", "state", "until", "attempts"], rows);
    const words = Object.entries(counts).map(([state, n]) => `${state} ${String(n)}`);
    output.say(`合计 In all: ${words.join(", ")}`);
    output.result({ counts, codes: codes.map((code) => jsonOf(code, now)) });
  } finally {
    await door.close();
  }
}

function rowOf(code: ClaimCode, now: number): string[] {
  const place = `${code.root.slice(2, 10)} ${String(code.index)}`;
  const state = STATE_WORDS[claimCodeState(code, now)];
  return [code.id, place, state, formatInstant(code.expiresAt), String(code.attempts)];
}

function jsonOf(code: ClaimCode, now: number): Record<string, unknown> {
  const { id, root, index, createdAt, expiresAt, attempts } = code;
  const times = { createdAt: formatInstant(createdAt), expiresAt: formatInstant(expiresAt) };
  return { id, root, index, state: claimCodeState(code, now), ...times, attempts };
}

function addRevokeCommand(parent: Command): void {
  parent
    .command("revoke")
    .argument("<id>", "as lz claim list shows it, or its first 8 and more digits", idStart)
    .description("End a claim code before it is used\n撤销领证码")
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText(
      "after",
      "\nExample:\n  ./lz claim revoke 3f9a51c2\nNext: ./lz claim create gives the holder another",
    )
    .action(revoke);
}

function idStart(text: string): string {
  if (/^[0-9a-f]{8,16}$/.test(text)) return text;
  throw new InvalidArgumentError("8 to 16 hex digits expected; never the code itself.");
}

async function revoke(id: string, options: { readonly json?: true }): Promise<void> {
  const output = createOutput(options.json === true);
  const door = new StoreDoor();
  const now = systemClock.now();
  try {
    const { claimCodes } = await door.store();
    const code = await claimCodes.find(id);
    if (code === null) throw new Problem("CLAIM_CODE_UNKNOWN", id);
    if (!(await claimCodes.revoke(code.id, now))) {
      throw new Problem("CLAIM_CODE_ENDED", `${code.id}: ${claimCodeState(code, now)}`);
    }
    output.say(`已撤销 Revoked: ${code.id}`);
    output.result({ id: code.id, state: "revoked" });
  } finally {
    await door.close();
  }
}
