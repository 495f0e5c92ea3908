import { Command } from "commander";
import { estimateIssue, issueBatch } from "../app/issue/issue-batch.ts";
import type { IssueOrder, IssueTools } from "../app/issue/issue-batch.ts";
import { schemaHash } from "../app/publish-catalogue.ts";
import { loadSettings } from "../config.ts";
import type { Settings } from "../config.ts";
import type { CertificateType } from "../core/catalogue/certificate-type.ts";
import { suiteOfName } from "../core/hashing.ts";
import type { SuiteId } from "../core/hashing.ts";
import { findTypeVersion } from "../core/ledger/catalogue.ts";
import type { LedgerState } from "../core/ledger/state.ts";
import { Problem } from "../core/problem.ts";
import type { BatchJob, Progress } from "../ports.ts";
import { findType, loadCatalogue } from "../main/catalogue.ts";
import { formatCoins, openChain, readLedger, receiptWaiting } from "../main/chain.ts";
import type { Chain } from "../main/chain.ts";
import { batchFolder, faultFile, openCsv } from "../main/files.ts";
import { anchoringOf } from "../main/keys.ts";
import { primitives, systemClock, systemRandomness, todayInBeijing } from "../main/system.ts";
import { createOutput, printProblem, problemJson } from "./output.ts";
import type { Output } from "./output.ts";
import type { ChainOptions } from "./options.ts";
import { suiteOption, withChain } from "./options.ts";
import { createProgress } from "./progress.ts";

export function issueCommand(): Command {
  return withChain(new Command("issue"))
    .description(
      "Issue a batch of certificates from a CSV file and anchor it, once\n批量签发并上链",
    )
    .requiredOption("--type <code>", "certificate type: its code or its name")
    .requiredOption("--agency <code>", "the issuing agency's unified social credit code")
    .requiredOption("--input <file>", "CSV file in UTF-8 with a header; one record a row")
    .requiredOption("--out <folder>", "the batch folder to make; a rerun finishes the same job")
    .addOption(suiteOption())
    .option("--skip-invalid", "issue the valid records although others are not")
    .option("--dry-run", "check everything and say what it would do and cost; nothing is sent")
    .option("--errors <file>", "the error file (default: <out>.errors.csv)")
    .option("--catalogue <folder>", "certificate types (default: the project's catalogue/)")
    .option("--key <file>", "the operator's key (default: keys/operator-CODE.key)")
    .addHelpText("after", NOTES)
    .action(issue);
}

const NOTES = `
The columns are the names of the type's claims (./lz sample writes an example), and optionally
holderKey: the thumbprint of the holder's key, as ./lz key new shows it.

Example:
  ./lz issue --type 11100000000013338W011 --agency 11310000MB1A00001C \\
    --input records.csv --out batch-1`;

interface IssueOptions extends ChainOptions {
  readonly type: string;
  readonly agency: string;
  readonly input: string;
  readonly out: string;
  readonly suite: string;
  readonly skipInvalid?: true;
  readonly dryRun?: true;
  readonly errors?: string;
  readonly catalogue?: string;
  readonly key?: string;
}

async function issue(options: IssueOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const progress = createProgress(output.isJson);
  const settings = loadSettings();
  const type = findType(await loadCatalogue(options.catalogue), options.type);
  const source = await openCsv(options.input);
  const chain = await openChain(settings, options);
  try {
    const { state } = await readLedger(chain);
    const order = orderOf(options, type, state);
    const tools = await toolsOf(options, settings, chain, { source, progress: progress.show });
    if (options.dryRun === true) {
      await showEstimate(output, order, tools);
    } else {
      const { job, wasDone } = await issueBatch(order, tools);
      progress.end();
      showJob(output, options.out, job, wasDone);
    }
  } finally {
    progress.end();
    chain.close();
  }
}

function orderOf(options: IssueOptions, type: CertificateType, state: LedgerState): IssueOrder {
  const agency = state.agencies.get(options.agency);
  if (agency === undefined) throw new Problem("AGENCY_UNKNOWN", options.agency);
  const published = findTypeVersion(state, type.code, type.version);
  if (published === undefined) {
    throw new Problem("TYPE_UNKNOWN", `${type.code} version ${String(type.version)} on the chain`);
  }
  if (published.schemaHash !== schemaHash(primitives.keccak256, type)) {
    throw new Problem("SCHEMA_MISMATCH", `${type.code} version ${String(type.version)}`);
  }
  return {
    type,
    agency: agency.code,
    region: agency.region,
    suite: suiteOfName(options.suite) as SuiteId,
    skipInvalid: options.skipInvalid === true,
    today: todayInBeijing(systemClock),
  };
}

async function toolsOf(
  options: IssueOptions,
  settings: Settings,
  chain: Chain,
  rest: Pick<IssueTools, "source"> & { readonly progress: Progress },
): Promise<IssueTools> {
  const anchoring = await anchoringOf(settings, chain, options.agency, options.key);
  return {
    ...rest,
    store: batchFolder(options.out),
    faults: faultFile(options.errors ?? `${options.out}.errors.csv`),
    anchoring,
    identity: chain.reader.identity,
    primitives,
    random: systemRandomness,
    waiting: receiptWaiting(chain),
  };
}

async function showEstimate(output: Output, order: IssueOrder, tools: IssueTools): Promise<void> {
  const { valid, invalid, errorFile, gas, fee } = await estimateIssue(order, tools);
  const problem = problemAhead(order, { valid, invalid, errorFile: String(errorFile) });
  output.say(`试运行，未上链 Dry run: nothing was anchored.`);
  output.say(`合格 Valid: ${String(valid)}    不合格 Invalid: ${String(invalid)}`);
  if (errorFile !== null) output.say(`错误文件 Error file: ${errorFile}`);
  if (gas !== null && fee !== null) {
    output.say(`一笔交易 One transaction: ${String(gas)} gas, at most ${formatCoins(fee)} coins`);
  }
  const estimate = { valid, invalid, errorFile, gas, fee: fee?.toString() ?? null };
  output.result({ dryRun: true, ...estimate, ...(problem && { problem: problemJson(problem) }) });
  if (problem === null) return;
  if (!output.isJson) printProblem(problem, false);
  process.exitCode = problem.words.exit;
}

/** What the same command would end in without --dry-run. */
function problemAhead(
  { skipInvalid }: IssueOrder,
  { valid, invalid, errorFile }: { valid: number; invalid: number; errorFile: string },
): Problem | null {
  if (invalid > 0 && (!skipInvalid || valid === 0)) {
    const counts = `${String(invalid)} of ${String(valid + invalid)} records`;
    return new Problem("RECORDS_INVALID", `${counts}; see ${errorFile}`);
  }
  return valid === 0 ? new Problem("SOURCE_EMPTY", "no record after the header") : null;
}

function showJob(output: Output, folder: string, job: BatchJob, wasDone: boolean): void {
  const { size, skipped, root, receipt } = job;
  output.say(
    wasDone
      ? `此前已上链，未重复 Anchored before; nothing was done again.`
      : `已签发并上链 Issued and anchored ${String(size)} certificates.`,
  );
  if (skipped > 0) output.say(`跳过不合格记录 Invalid records skipped: ${String(skipped)}`);
  output.say(`根 Root: ${root}`);
  output.say(`交易 Transaction: ${String(receipt?.transaction)}, block ${String(receipt?.block)}`);
  output.say(
    `序号 Number in the log: ${String(receipt?.sequence)}, ${String(receipt?.gasUsed)} gas`,
  );
  output.say(
    `批次文件夹 Batch folder: ${folder}. Next: ./lz export --batch ${folder} --index 0 --out .`,
  );
  output.result({ batch: folder, size, skipped, root, wasDone, receipt });
}
