import { Command } from "commander";
import { loadSettings } from "../../config.ts";
import type { Settings } from "../../config.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import { Problem } from "../../core/problem.ts";
import { openAgencyStore } from "../../main/stores/stores.ts";
import { openChain } from "../../main/chain/chain.ts";
import type { Chain } from "../../main/chain/chain.ts";
import { finishToolsOf } from "../../main/issuing/issuing.ts";
import type {
  AgencyStore,
  IssueJob,
  IssuedBatch,
  OutboxTransaction,
} from "../../ports/agency-store.ts";
import { withPacing } from "./issue-options.ts";
import type { IssueOptions } from "./issue-options.ts";
import { batchesJson, minedOf, showIssued } from "./issued-words.ts";
import { isFromStandardInput, optionsOf } from "./job-command.ts";
import type { ChainOptions } from "../terminal/options.ts";
import { withChain } from "../terminal/options.ts";
import { createOutput } from "../terminal/output.ts";
import type { Output } from "../terminal/output.ts";
import { createJobProgress } from "../terminal/progress.ts";

export function jobsCommand(): Command {
  const command = new Command("jobs").description("What was issued, and what broke off\n签发任务");
  const withJson = (sub: Command): Command =>
    sub.option("--json", "end with one line of JSON instead of words");
  withJson(command.command("list"))
    .description("All jobs, the newest first\n任务列表")
    .addHelpText("after", "\nExample:\n  ./lz jobs list\nNext: ./lz jobs show ID")
    .action(list);
  withJson(command.command("show").argument("<id>", "the job's id"))
    .description("One job, its batches and transactions, and what to do next\n查看任务")
    .addHelpText("after", "\nExample:\n  ./lz jobs show J-20261122-7F3K")
    .action(show);
  const resuming = withChain(command.command("resume").argument("<id>", "the job's id"))
    .description("Go on with a job that broke off\n继续任务")
    .option("--key <file>", "the operator's key (default: as the job was begun)");
  withPacing(resuming).addHelpText("after", RESUME_NOTES).action(resume);
  withChain(command.command("cancel").argument("<id>", "the job's id"))
    .description("Give a job up of which nothing can be anchored any more\n取消任务")
    .option("--key <file>", "the operator's key (default: as the job was begun)")
    .addHelpText("after", CANCEL_NOTES)
    .action(cancel);
  return command;
}

const RESUME_NOTES = `
A job whose records were all read needs no source any more; one that broke off before reads it again from the
first record. Nothing is anchored twice. The same ./lz issue command again does the same.

Example:
  ./lz jobs resume J-20261122-7F3K`;

const CANCEL_NOTES = `
What is forgotten are the job's certificates and numbers; the job stays listed. Once a transaction of it may be
mined, it can only be finished; certificates that are not wanted are then revoked with ./lz status set.

Example:
  ./lz jobs cancel J-20261122-7F3K`;

/** Its records were all read before. */
const NOTHING_FOUND = { faults: [], warnings: [] };

/** Batches and transactions that are shown to people. */
const MOST_ROWS = 20;

async function withStore<T>(
  work: (store: AgencyStore, settings: Settings) => Promise<T>,
): Promise<T> {
  const settings = loadSettings();
  const store = await openAgencyStore(settings);
  try {
    return await work(store, settings);
  } finally {
    await store.close();
  }
}

/** @throws Problem JOB_NOT_FOUND */
async function findJob(store: AgencyStore, id: string): Promise<IssueJob> {
  const job = await store.job(id);
  if (job === null) throw new Problem("JOB_NOT_FOUND", id);
  return job;
}

interface ShowOptions {
  readonly json?: true;
}

async function list({ json }: ShowOptions): Promise<void> {
  const output = createOutput(json === true);
  await withStore(async (store) => {
    const jobs = await store.jobs();
    if (jobs.length === 0) output.say("没有任务 No job yet.");
    else output.table(HEADER, jobs.map(rowOf));
    output.result({ jobs: jobs.map(jobJson) });
  });
}

const HEADER = [
  "job 任务",
  "state 状态",
  "certificates 证照",
  "batches 批次",
  "type 类型",
  "agency 机关",
  "begun 开始",
  "source 来源",
];

function rowOf({ id, state, certificates, batches, order, createdAt, source }: IssueJob): string[] {
  const { type, agency } = order;
  const counts = [String(certificates), String(batches)];
  return [id, state, ...counts, type, agency, formatInstant(createdAt), source];
}

function jobJson(job: IssueJob): Record<string, unknown> {
  const { id, state, order, ledger, source, batches, createdAt, updatedAt } = job;
  const { certificates, skipped, replacing } = job;
  return {
    ...{ job: id, state, ...order, ledger, source },
    ...{ certificates, skipped, replacing, batchCount: batches },
    ...{ createdAt: formatInstant(createdAt), updatedAt: formatInstant(updatedAt) },
  };
}

async function show(id: string, { json }: ShowOptions): Promise<void> {
  const output = createOutput(json === true);
  await withStore(async (store) => {
    const job = await findJob(store, id);
    const batches = await store.batches(id);
    const transactions = await store.outbox.transactions(id);
    sayJob(output, job);
    sayBatches(output, batches);
    sayTransactions(output, transactions, batches);
    output.say(`下一步 Next: ${nextStep(job)}`);
    output.result({
      ...jobJson(job),
      batches: batchesJson(batches),
      transactions: transactions.map((one) => transactionJson(one, batches)),
      next: nextStep(job),
    });
  });
}

function sayJob(output: Output, job: IssueJob): void {
  const { id, state, certificates, skipped, batches, order, source, createdAt, updatedAt } = job;
  output.say(`${id}  ${state}  ${STATES[state]}`);
  output.say(`  ${order.type} ${order.agency}  ${source}`);
  const counts = [
    `certificates 证照 ${String(certificates)}`,
    `batches 批次 ${String(batches)}`,
    `skipped 跳过 ${String(skipped)}`,
  ];
  output.say(`  ${counts.join("  ")}`);
  output.say(`  ${formatInstant(createdAt)} – ${formatInstant(updatedAt)}`);
}

const STATES: Readonly<Record<IssueJob["state"], string>> = {
  reading: "读取中断，尚未上链 broke off while records were read; nothing is anchored",
  hashed: "已生成，尚未签名 certificates are made, nothing is signed",
  signed: "已签名，尚未发送 signed, not sent",
  sent: "已发送，尚未全部确认 sent, not all confirmed",
  confirmed: "已上链，换发标记未完成 anchored; what it replaces is not all marked",
  done: "已完成 done",
  cancelled: "已取消 cancelled",
};

function nextStep({ id, state, order }: IssueJob): string {
  if (state === "cancelled") return "./lz issue …";
  if (state === "done") return `./lz export --job ${id} --all --out FOLDER`;
  const isLost = state === "reading" && isFromStandardInput(order.command);
  return isLost ? "./lz issue …, with the same input again" : `./lz jobs resume ${id}`;
}

function sayBatches(output: Output, batches: readonly IssuedBatch[]): void {
  if (batches.length === 0) return;
  const rows = batches.slice(0, MOST_ROWS).map(({ root, size, issued, receipt }) => {
    const { sequence = "–", block = "–" } = receipt ?? {};
    return [root, String(issued), String(size), String(sequence), String(block)];
  });
  const header = ["root 根", "certificates 证照", "leaves 叶", "number 序号", "block 区块"];
  output.table(header, rows);
  sayMore(output, batches.length);
}

function sayTransactions(
  output: Output,
  transactions: readonly OutboxTransaction[],
  batches: readonly IssuedBatch[],
): void {
  if (transactions.length === 0) return;
  const rows = transactions.slice(0, MOST_ROWS).map((one) => {
    const mined = minedBy(one, batches);
    const cost = [mined?.block ?? "–", mined?.gasUsed ?? "–"].map(String);
    return [one.hash, one.state, String(one.nonce), String(one.batches), ...cost];
  });
  const columns = ["transaction 交易", "state 状态", "number 序号", "batches 批次"];
  output.table([...columns, "block 区块", "gas"], rows);
  sayMore(output, transactions.length);
}

function sayMore(output: Output, count: number): void {
  if (count > MOST_ROWS) output.say(`另有 And ${String(count - MOST_ROWS)} more; --json has them.`);
}

function minedBy(
  { hash }: OutboxTransaction,
  batches: readonly IssuedBatch[],
): { readonly block: number; readonly gasUsed: number } | undefined {
  return minedOf(batches).find((mined) => mined.hash === hash);
}

function transactionJson(one: OutboxTransaction, batches: readonly IssuedBatch[]): unknown {
  const { hash, state, nonce, account, firstBatch, batches: count, signedAt } = one;
  const { block = null, gasUsed = null } = minedBy(one, batches) ?? {};
  const place = { firstBatch, batches: count, block, gasUsed };
  return { hash, state, nonce, account, ...place, signedAt: formatInstant(signedAt) };
}

interface ResumeOptions extends ChainOptions {
  readonly key?: string;
  readonly patience?: number;
  readonly stuckAfter?: number;
}

async function resume(id: string, options: ResumeOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const job = await withStore((store) => findJob(store, id));
  if (job.state === "cancelled") throw new Problem("JOB_NOT_FOUND", `${id} was cancelled`);
  if (job.state === "reading") await readAgain(output, job, options);
  else await finish(output, job, optionsOf(job.order.command, options));
}

/** @throws Problem JOB_NEEDS_SOURCE */
async function readAgain(output: Output, job: IssueJob, options: ResumeOptions): Promise<void> {
  const { command } = job.order;
  if (isFromStandardInput(command)) throw new Problem("JOB_NEEDS_SOURCE", job.id);
  const { issueWith } = await import("./issue.ts");
  await issueWith(output, optionsOf(command, options), job.id);
}

async function finish(output: Output, job: IssueJob, options: IssueOptions): Promise<void> {
  const progress = createJobProgress(output.isJson);
  progress.begin(job.id);
  await withStore(async (store, settings) => {
    const chain = await openChain(settings, options);
    try {
      const flags = { ...options, agency: job.order.agency, progress: progress.show };
      const { finishJob } = await import("../../app/issue/issue-job.ts");
      const issued = await finishJob(job, await finishToolsOf(settings, chain, store, flags));
      progress.end();
      await showIssued(output, store, issued, NOTHING_FOUND);
    } finally {
      progress.end();
      chain.close();
    }
  });
}

interface CancelOptions extends ChainOptions {
  readonly key?: string;
}

async function cancel(id: string, options: CancelOptions): Promise<void> {
  const output = createOutput(options.json === true);
  await withStore(async (store, settings) => {
    const { cancelJob } = await import("../../app/issue/cancel-job.ts");
    let chain: Chain | null = null;
    try {
      await cancelJob(id, store, async ({ order }) => {
        const given = optionsOf(order.command, options);
        chain = await openChain(settings, given);
        const { anchoringOf } = await import("../../main/chain/accounts.ts");
        const anchoring = await anchoringOf(settings, chain, order.agency, given.key);
        return { anchoring, reader: chain.reader };
      });
    } finally {
      (chain as Chain | null)?.close();
    }
  });
  output.say(`已取消 Cancelled: ${id}`);
  output.result({ job: id, state: "cancelled" });
}
