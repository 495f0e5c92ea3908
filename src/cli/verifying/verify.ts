import { Command } from "commander";
import type { Answer } from "../../app/answer.ts";
import type { Question } from "../../app/verify-presentation.ts";
import { loadSettings } from "../../config.ts";
import { Problem } from "../../core/problem.ts";
import { parseReference } from "../../core/presentation/qr-text.ts";
import type { Given, LedgerView } from "../../core/verify/case.ts";
import { readGiven } from "../../core/verify/checks/format.ts";
import { openChain, readLedger } from "../../main/chain/chain.ts";
import { readClientKey } from "../../main/clients.ts";
import { readInput } from "../../main/files.ts";
import { askVerifier, judgeOnce } from "../../main/judge.ts";
import { readTrustPack } from "../../main/trust-pack.ts";
import { createOutput } from "../terminal/output.ts";
import type { ChainOptions } from "../terminal/options.ts";
import { collect, instant, integer, list, nonce, region, withChain } from "../terminal/options.ts";
import { VERDICT_EXIT_CODES, sayAnswer } from "./say-answer.ts";
import type { Moment } from "./say-answer.ts";

export function verifyCommand(): Command {
  return withChain(new Command("verify"))
    .description("Verify a certificate file, a QR picture or a QR code's text\n核验")
    .argument(
      "<input>",
      "*.lzc.json, a picture of a QR code, or its text (LZ1:…, https://…/q#…, with --server LZR:…)",
    )
    .option("--server <url>", "ask this verifier over REST (default: judge here, from the chain)")
    .option(
      "--client-key <file>",
      "with --server: this counter's API key (default: keys/client.key in LZ_HOME, where it is there)",
    )
    .option("--cause <text>", "with --server and a key: what for, as the record of uses says it")
    .option("--receipt", "with --server and a key: with the signed receipt in the answer")
    .option("--trust-pack <file>", "judge here, without a network, on a saved trust pack")
    .option("--max-age <seconds>", "age past which a trust pack can't tell", integer, 86_400)
    .option("--region <code>", "the counter's region; without it recognition is not asked", region)
    .option("--purpose <text>", "the service item it is wanted for")
    .option("--audience <text>", "who this counter is")
    .option("--nonce <hex>", "the challenge that this counter gave", nonce)
    .option("--require-holder", "demand proof that its holder shows it")
    .option(
      "--require <names>",
      "claims that must be shown, separated by commas",
      requireClaims,
      [],
    )
    .option("--at <time>", "judge status, validity and rules for that time (default: now)", instant)
    .option("--as-known-at <time>", "count only what was recorded until then", instant)
    .addHelpText("after", NOTES)
    .action(verify);
}

const NOTES = `
Exit code: 0 accepted, 1 rejected, 2 can't tell.

A server tells anyone the verdict, the type, the agency and the validity. A counter that is its client (./lz client add)
sends its key, says what for, and is told the claims that its service item has a right to.

There are two times. --at asks what was so in law at that time, with all that is known today: a licence withdrawn today
with effect from last month was not good last month. --as-known-at asks what anyone could have known: with both at last
month, it was. It holds for every check: agencies, keys, batches, statuses and rules recorded later do not count.

Examples:
  ./lz verify certificate.lzc.json
  ./lz verify certificate.lzc.json --at 2026-01-31 --as-known-at 2026-01-31
  ./lz verify code.png --region 460000 --trust-pack trust.pack
  ./lz verify code.png --region 460000 --server http://127.0.0.1:8080
  ./lz verify code.png --server http://127.0.0.1:8080 --client-key window-3.key --cause 婚姻登记`;

function requireClaims(text: string, earlier: readonly string[]): string[] {
  return list(text).reduce((all, name) => collect(name, all), [...earlier]);
}

interface VerifyOptions extends ChainOptions {
  readonly server?: string;
  readonly clientKey?: string;
  readonly cause?: string;
  readonly receipt?: true;
  readonly trustPack?: string;
  readonly maxAge: number;
  readonly region?: string;
  readonly purpose?: string;
  readonly audience?: string;
  readonly nonce?: Uint8Array;
  readonly requireHolder?: true;
  readonly require: readonly string[];
  readonly at?: number;
  readonly asKnownAt?: number;
}

async function verify(input: string, options: VerifyOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const given = await readInput(input);
  const answer = await (options.server === undefined || !isForServer(given)
    ? judgeHere(given, options)
    : askServer(options.server, given, options));
  const moment = momentOf(options);
  await sayAnswer(output, answer, moment);
  output.result({ ...answer, ...moment });
  process.exitCode = VERDICT_EXIT_CODES[answer.verdict];
}

function momentOf({ at, asKnownAt }: VerifyOptions): Moment {
  return { ...(at !== undefined && { at }), ...(asKnownAt !== undefined && { asKnownAt }) };
}

/** A reference is read where it leads to. */
function isForServer(given: Given): boolean {
  return isReadable(given) || ("qr" in given && parseReference(given.qr) !== null);
}

/** What can't be read is refused by the judge here: no server can say more of it. */
function isReadable(given: Given): boolean {
  return !("result" in readGiven(given));
}

/** Its age is in the answer, and in what a person is told. */
function judgeOffline(file: string, given: Given, options: VerifyOptions): Promise<Answer> {
  const { view } = readTrustPack(file);
  return judgeOnce(view, given, questionOf(options), options.maxAge);
}

async function judgeHere(given: Given, options: VerifyOptions): Promise<Answer> {
  if (options.trustPack !== undefined) return judgeOffline(options.trustPack, given, options);
  const { view, trouble } = isReadable(given) ? await tryToReadLedger(options) : NOT_NEEDED;
  const answer = await judgeOnce(view, given, questionOf(options));
  if (trouble !== null && answer.verdict === "indeterminate") {
    process.stderr.write(`lz: ${trouble.words.words.zh} ${trouble.message}\n`);
  }
  return answer;
}

interface ReadLedger {
  readonly view: LedgerView | null;
  readonly trouble: Problem | null;
}

const NOT_NEEDED: ReadLedger = { view: null, trouble: null };

/** A node that does not answer is no reason to stop: what can be said without it is said. */
async function tryToReadLedger(options: VerifyOptions): Promise<ReadLedger> {
  const settings = loadSettings();
  try {
    const chain = await openChain(settings, options);
    try {
      return { view: await readLedger(chain), trouble: null };
    } finally {
      chain.close();
    }
  } catch (error) {
    if (error instanceof Problem && isOutage(error)) return { view: null, trouble: error };
    throw error;
  }
}

function isOutage({ code }: Problem): boolean {
  return code.startsWith("RPC_") || code === "CHAIN_INCONSISTENT";
}

function questionOf(options: VerifyOptions): Question {
  const { region: where, purpose, audience, requireHolder, require } = options;
  return {
    ...(where !== undefined && { region: where }),
    ...(purpose !== undefined && { purpose }),
    ...(audience !== undefined && { audience }),
    ...(options.nonce !== undefined && { nonce: options.nonce }),
    ...(requireHolder === true && { requiresHolder: true }),
    ...(require.length > 0 && { requiredClaims: require }),
    ...momentOf(options),
  };
}

async function askServer(server: string, given: Given, options: VerifyOptions): Promise<Answer> {
  if (options.at !== undefined || options.asKnownAt !== undefined) {
    throw new Problem("USAGE", "--at and --as-known-at are answered without --server");
  }
  const settings = loadSettings();
  const { cause, receipt: isReceiptSigned = false } = options;
  const key = await readClientKey(settings, options.clientKey);
  const asker = { key, isReceiptSigned, ...(cause !== undefined && { useCause: cause }) };
  return askVerifier(server, given, questionOf(options), settings.timeoutMs, asker);
}
