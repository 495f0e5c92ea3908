/** Receipts (核验回执): shown, and judged again on the chain as it was. */
import { Command } from "commander";
import { VERDICT_WORDS } from "../../app/answer.ts";
import { judgeAgain } from "../../app/uses/judge-again.ts";
import type { Difference, JudgedAgain } from "../../app/uses/judge-again.ts";
import type { Receipt } from "../../app/uses/receipt.ts";
import { useRecord } from "../../app/uses/use-record.ts";
import { loadSettings } from "../../config.ts";
import type { Words } from "../../core/words.ts";
import { openChain } from "../../main/chain/chain.ts";
import { readInput } from "../../main/files.ts";
import { readReceiptFile } from "../../main/receipts.ts";
import { primitives } from "../../main/system.ts";
import type { ChainOptions } from "../terminal/options.ts";
import { withChain } from "../terminal/options.ts";
import { createOutput } from "../terminal/output.ts";
import type { Output } from "../terminal/output.ts";
import { createProgress } from "../terminal/progress.ts";

export function receiptCommand(): Command {
  const command = new Command("receipt").description(
    "Receipts of verifications: show them, judge them again\n核验回执：查看、复核",
  );
  addShow(command);
  addJudge(command);
  return command;
}

const KEYS_OPTION =
  "the service's public keys, as GET /v1/keys answers them (default: this machine's own service)";

function addShow(parent: Command): void {
  parent
    .command("show")
    .description("Check a receipt's signature and say what it says\n查看回执")
    .argument("<file>", "the receipt: a JWS, or the answer that holds it")
    .option("--keys <file>", KEYS_OPTION)
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", SHOW_NOTES)
    .action(show);
}

const SHOW_NOTES = `
Examples:
  ./lz receipt show receipt.jws
  ./lz receipt show receipt.jws --keys keys.json
Next: ./lz receipt judge receipt.jws --presentation FILE`;

function addJudge(parent: Command): void {
  const command = parent
    .command("judge")
    .description("Judge the same presentation on the same state of the chain again\n复核回执")
    .argument("<file>", "the receipt: a JWS, or the answer that holds it")
    .requiredOption("--presentation <file>", "what was shown: a file, a picture or a code's text")
    .option("--keys <file>", KEYS_OPTION);
  withChain(command).addHelpText("after", JUDGE_NOTES).action(judge);
}

const JUDGE_NOTES = `
The service keeps no presentation: whoever needs the proof later keeps it with the receipt. The chain is replayed up to the
block that the receipt names, and the same judge is asked the same question.
Exit code: 0 the same verdict, 1 something differs.

Example:
  ./lz receipt judge receipt.jws --presentation code.txt --rpc http://127.0.0.1:8545`;

interface ReceiptOptions extends ChainOptions {
  readonly keys?: string;
}

async function show(file: string, { keys, json }: ReceiptOptions): Promise<void> {
  const output = createOutput(json === true);
  const receipt = await readReceiptFile(loadSettings(), file, keys);
  sayReceipt(output, receipt);
  const { use, ...rest } = receipt;
  output.result({ ...rest, use: useRecord(use) });
}

function sayReceipt(output: Output, { id, issuer, hash, use }: Receipt): void {
  const { at, client, question, claims, verdict, codes, position } = useRecord(use);
  output.say(`✓ 签名有效 The signature is valid: ${issuer}`);
  output.say(`回执编号 Receipt: ${id}    哈希 Hash: ${hash}`);
  output.say(`时间 At: ${at}    调用方 Client: ${client ?? "–"}`);
  output.say(`结论 Verdict: ${wordsOf(VERDICT_WORDS[verdict])} ${codes.join(" ")}`.trimEnd());
  if (question.purpose !== null) output.say(`事项 Service item: ${question.purpose}`);
  output.say(`告知信息 Claims told: ${claims.length === 0 ? "–" : claims.join(", ")}`);
  if (position === null) return;
  output.say(`区块 Block: ${String(position.block)} ${position.blockHash}`);
}

function wordsOf({ zh, en }: Words): string {
  return `${zh} ${en}`;
}

interface JudgeOptions extends ReceiptOptions {
  readonly presentation: string;
}

async function judge(file: string, options: JudgeOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const progress = createProgress(output.isJson);
  const settings = loadSettings();
  const receipt = await readReceiptFile(settings, file, options.keys);
  const given = await readInput(options.presentation);
  const chain = await openChain(settings, options);
  try {
    const tools = { chain: chain.reader, primitives, progress: progress.show };
    const again = await judgeAgain(tools, receipt, given);
    progress.end();
    sayJudged(output, receipt, again);
    const { differences, verdict } = again;
    const isSame = differences.length === 0;
    output.result({ isSame, receipt: receipt.id, verdict: verdict?.verdict ?? null, differences });
    process.exitCode = isSame ? 0 : 1;
  } finally {
    progress.end();
    chain.close();
  }
}

const DIFFERENCE_WORDS: Readonly<Record<Difference["what"], Words>> = {
  ledger: { zh: "不是回执所依据的账本", en: "another ledger than the receipt's" },
  shown: { zh: "不是当时出示的内容", en: "not what was shown then" },
  block: { zh: "该高度的区块不同", en: "another block at that height" },
  verdict: { zh: "结论不同", en: "another verdict" },
  checks: { zh: "检查结果不同", en: "checks that end in another way" },
  codes: { zh: "原因代码不同", en: "other codes" },
};

function sayJudged(output: Output, receipt: Receipt, { differences }: JudgedAgain): void {
  const { verdict } = receipt.use;
  if (differences.length === 0) {
    output.say(`✓ 复核一致 The same verdict: ${wordsOf(VERDICT_WORDS[verdict])}`);
    return;
  }
  output.say("✗ 复核不一致 It differs:");
  for (const { what, receipt: said, now } of differences) {
    output.say(`  ${wordsOf(DIFFERENCE_WORDS[what])}: ${said} → ${now}`);
  }
}
