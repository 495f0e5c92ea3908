import { Command } from "commander";
import { checkStore } from "../../app/check-store.ts";
import type { CheckTally } from "../../app/check-store/job-check.ts";
import { checkNumbers } from "../../app/check-store/numbers.ts";
import { ledgerOf } from "../../app/issue/job-ledger.ts";
import { loadSettings } from "../../config.ts";
import type { Finding } from "../../core/audit/findings.ts";
import { Problem } from "../../core/problem.ts";
import { openAgencyStore } from "../../main/stores/stores.ts";
import { loadCatalogue } from "../../main/catalogue.ts";
import { openChain, readLedger } from "../../main/chain/chain.ts";
import type { Chain } from "../../main/chain/chain.ts";
import { primitives } from "../../main/system.ts";
import type { AgencyStore, IssueJob } from "../../ports/agency-store.ts";
import type { Progress } from "../../ports/progress.ts";
import { sayFindings } from "./audit.ts";
import { CertificateFinder, withCertificate } from "../terminal/certificate-choice.ts";
import type { CertificateChoice } from "../terminal/certificate-choice.ts";
import type { ChainOptions } from "../terminal/options.ts";
import { withChain } from "../terminal/options.ts";
import { createOutput } from "../terminal/output.ts";
import type { Output } from "../terminal/output.ts";
import { createProgress } from "../terminal/progress.ts";

export function storeCommand(): Command {
  const command = new Command("store").description(
    "What the agency keeps of what it issued\n机构数据库",
  );
  withChain(command.command("check"))
    .description("Read everything again and compare it with the chain\n检查")
    .option("--job <id>", "this job alone")
    .addHelpText("after", CHECK_NOTES)
    .action(check);
  withCertificate(command.command("erase"))
    .description("Erase one certificate for good: what is left proves the others\n删除一份证照")
    .option("--yes", "yes, erase it: nothing brings it back")
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", ERASE_NOTES)
    .action(erase);
  command
    .command("show")
    .description("How much there is\n概况")
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", "\nExample:\n  ./lz store show\nNext: ./lz store check")
    .action(show);
  return command;
}

const CHECK_NOTES = `
Every certificate is decrypted, its leaf and its path computed anew, each batch's tree by another implementation
than the one that made it. Exit code: 0 all is well, 1 something is wrong.

Example:
  ./lz store check`;

const ERASE_NOTES = `
Its claims and salts are gone: no proof of it can be made any more. It is not revoked by that: do so before, with
lz status set. Backups of the store, made before, still have it.

Example:
  ./lz store erase --number 202601000123 --yes`;

/** Findings that are listed; all are counted. */
const MOST_FINDINGS = 1000;

interface CheckOptions extends ChainOptions {
  readonly job?: string;
}

async function check(options: CheckOptions): Promise<void> {
  const settings = loadSettings();
  const output = createOutput(options.json === true);
  const progress = createProgress(output.isJson);
  const chain = await openChain(settings, options);
  try {
    const store = await openAgencyStore(settings);
    try {
      const found = await checked(chain, store, options, progress.show);
      progress.end();
      sayChecked(output, found);
    } finally {
      await store.close();
    }
  } finally {
    progress.end();
    chain.close();
  }
}

interface Checked {
  readonly tally: CheckTally;
  readonly findings: Findings;
}

async function checked(
  chain: Chain,
  store: AgencyStore,
  { job }: CheckOptions,
  progress: Progress,
): Promise<Checked> {
  const { state } = await readLedger(chain, progress);
  const ledger = await ledgerOf(chain.reader);
  const numberClaimOf = await numberClaims();
  const tools = { store, state, ledger, primitives, numberClaimOf, progress };
  const tally = { jobs: 0, batches: 0, certificates: 0, erased: 0, notCompared: 0 };
  const findings = new Findings();
  await findings.take(checkStore(tools, await chosenJobs(store, job), tally));
  if (job === undefined) await findings.take(checkNumbers(store));
  return { tally, findings };
}

function sayChecked(output: Output, { tally, findings: { count, listed } }: Checked): void {
  output.say(tallyWords(tally));
  sayFindings(output, listed, "✓ 未发现问题 Nothing is wrong.");
  const ok = count === 0;
  output.result({ ok, ...tally, findingCount: count, findings: listed });
  process.exitCode = ok ? 0 : 1;
}

class Findings {
  readonly listed: Finding[] = [];
  count = 0;

  async take(findings: AsyncIterable<Finding>): Promise<void> {
    for await (const finding of findings) {
      this.count++;
      if (this.listed.length < MOST_FINDINGS) this.listed.push(finding);
    }
  }
}

/** @throws Problem JOB_NOT_FOUND */
async function chosenJobs(
  store: AgencyStore,
  id: string | undefined,
): Promise<readonly IssueJob[]> {
  if (id === undefined) return store.jobs();
  const job = await store.job(id);
  if (job === null) throw new Problem("JOB_NOT_FOUND", id);
  return [job];
}

async function numberClaims(): Promise<(type: string) => string | null> {
  const types = await loadCatalogue();
  return (code) => types.find((type) => type.code === code)?.numberClaim ?? null;
}

function tallyWords({ jobs, batches, certificates, erased, notCompared }: CheckTally): string {
  const counts = `任务 Jobs: ${String(jobs)}    批次 Batches: ${String(batches)}`;
  const kept = `证照 Certificates: ${String(certificates)}    已删除 Erased: ${String(erased)}`;
  const other = `    其他账本 Of other ledgers: ${String(notCompared)}`;
  return `${counts}    ${kept}${notCompared === 0 ? "" : other}`;
}

interface EraseOptions extends CertificateChoice {
  readonly yes?: true;
  readonly json?: true;
}

async function erase(options: EraseOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const store = await openAgencyStore(loadSettings());
  try {
    const finder = new CertificateFinder(() => Promise.resolve(store));
    const { root, index } = await finder.certificate(options);
    if (options.yes !== true) {
      const which = `certificate ${String(index)} of ${root}`;
      throw new Problem("USAGE", `${which}: --yes says that it is to be erased for good`);
    }
    const erased = await eraseLocked(store, root, index);
    const words = erased ? "已删除 Erased" : "此前已删除 Erased before";
    output.say(`${words}: ${root} ${String(index)}`);
    output.result({ erased, root, index });
  } finally {
    await store.close();
  }
}

async function eraseLocked(store: AgencyStore, root: string, index: number): Promise<boolean> {
  const lock = await store.lock();
  if (lock === null) throw new Problem("STORE_BUSY", store.name);
  try {
    return await store.erase(root, index);
  } finally {
    await lock.release();
  }
}

async function show({ json }: { readonly json?: true }): Promise<void> {
  const output = createOutput(json === true);
  const store = await openAgencyStore(loadSettings());
  try {
    const { jobs, batches, certificates, erased, bytes } = await store.counts();
    const states = statesOf(await store.jobs());
    const megabytes = (bytes / 1e6).toFixed(1);
    output.say(`数据库 Store: ${store.name} (${megabytes} MB)`);
    output.say(`证照 Certificates: ${String(certificates)}    已删除 Erased: ${String(erased)}`);
    output.say(`批次 Batches: ${String(batches)}    任务 Jobs: ${wordsOf(states)}`);
    output.result({ store: store.name, bytes, certificates, erased, batches, jobs, states });
  } finally {
    await store.close();
  }
}

function statesOf(jobs: readonly IssueJob[]): Record<string, number> {
  const states: Record<string, number> = {};
  for (const { state } of jobs) states[state] = (states[state] ?? 0) + 1;
  return states;
}

function wordsOf(states: Readonly<Record<string, number>>): string {
  const words = Object.entries(states).map(([state, count]) => `${String(count)} ${state}`);
  return words.length === 0 ? "0" : words.join(", ");
}
