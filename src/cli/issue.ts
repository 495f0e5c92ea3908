import { Command } from "commander";
import { FaultTally, tallied } from "../app/issue/fault-tally.ts";
import { estimateIssue, issueBatch } from "../app/issue/issue-batch.ts";
import type { IssueOrder, IssueTools, Issued } from "../app/issue/issue-batch.ts";
import { schemaHash } from "../app/publish-catalogue.ts";
import { loadSettings } from "../config.ts";
import type { Settings } from "../config.ts";
import type { CertificateType } from "../core/catalogue/certificate-type.ts";
import type { Mapping } from "../core/catalogue/mapping.ts";
import { suiteOfName } from "../core/hashing.ts";
import type { SuiteId } from "../core/hashing.ts";
import { findTypeVersion } from "../core/ledger/catalogue.ts";
import type { LedgerState } from "../core/ledger/state.ts";
import { Problem } from "../core/problem.ts";
import type { Progress, RecordSource } from "../ports.ts";
import { findType, loadCatalogue } from "../main/catalogue.ts";
import { formatCoins, openChain, readLedger, receiptWaiting } from "../main/chain.ts";
import type { Chain } from "../main/chain.ts";
import { batchFolder, faultFile } from "../main/files.ts";
import { openIssuedNumbers } from "../main/issued-numbers.ts";
import { anchoringOf, governWith, operatorKeyFile } from "../main/keys.ts";
import { isPostgresUrl, openRecords, readMapping } from "../main/sources.ts";
import type { SourceOrder } from "../main/sources.ts";
import { primitives, systemClock, systemRandomness, todayInBeijing } from "../main/system.ts";
import { faultsJson, showFaults } from "./fault-words.ts";
import { createOutput, printProblem, problemJson } from "./output.ts";
import type { Output } from "./output.ts";
import type { ChainOptions } from "./options.ts";
import { integer, requireOne, suiteOption, withChain } from "./options.ts";
import { createProgress } from "./progress.ts";
import { SOURCE_NOTES, sourceOrder, withSource } from "./source-options.ts";
import type { SourceFlags } from "./source-options.ts";

export function issueCommand(): Command {
  const command = withChain(new Command("issue"))
    .description("Issue a batch of certificates from a table and anchor it, once\n批量签发并上链")
    .requiredOption("--type <code>", "certificate type: its code or its name")
    .requiredOption("--agency <code>", "the issuing agency's unified social credit code")
    .option("--input <file>", "the table, with a header and one record a row; - is standard input")
    .option("--source <url>", "a database instead: postgres://user@host/database, with --query")
    .option("--mapping <file>", "which column gives which claim, as ./lz map suggest proposes")
    .requiredOption("--out <folder>", "the batch folder to make; a rerun finishes the same job")
    .addOption(suiteOption());
  return withSource(command)
    .option("--skip-invalid", "issue the valid records although others are not")
    .option("--max-errors <n>", "give up once more records than that are at fault", integer)
    .option("--supersede", "reissue numbers issued before, and mark the old ones superseded")
    .option("--dry-run", "check everything and say what it would do and cost; nothing is sent")
    .option("--errors <file>", "the error file (default: <out>.errors.csv)")
    .option("--catalogue <folder>", "certificate types (default: the project's catalogue/)")
    .option("--key <file>", "the operator's key (default: keys/operator-CODE.key)")
    .addHelpText("after", NOTES)
    .action(issue);
}

const NOTES = `
The columns are the names of the type's claims (./lz sample writes an example), and optionally
holderKey: the thumbprint of the holder's key, as ./lz key new shows it. Other columns need a mapping.
${SOURCE_NOTES}

A certificate number that is there twice, or that the agency has issued before, is a fault of its record.

Examples:
  ./lz issue --type 11100000000013338W011 --agency 11310000MB1A00001C \\
    --input records.csv --out batch-1
  ./lz issue --type 11100000000013338W011 --agency 11310000MB1A00001C --mapping mapping.json \\
    --source postgres://reader@db/permits --query 'SELECT … ORDER BY id' --out batch-2 --dry-run`;

interface IssueOptions extends ChainOptions, SourceFlags {
  readonly type: string;
  readonly agency: string;
  readonly input?: string;
  readonly source?: string;
  readonly mapping?: string;
  readonly out: string;
  readonly suite: string;
  readonly skipInvalid?: true;
  readonly maxErrors?: number;
  readonly supersede?: true;
  readonly dryRun?: true;
  readonly errors?: string;
  readonly catalogue?: string;
  readonly key?: string;
}

async function issue(options: IssueOptions): Promise<void> {
  requireOne(options, ["input", "source"]);
  const output = createOutput(options.json === true);
  const type = findType(await loadCatalogue(options.catalogue), options.type);
  const mapping = options.mapping === undefined ? null : await readMapping(options.mapping, type);
  const source = await openRecords(orderOfSource(options));
  try {
    await issueFrom(output, options, { type, mapping, source });
  } finally {
    await source.close();
  }
}

/** @throws Problem USAGE for a database that is given as a file, or a file as a database. */
function orderOfSource(options: IssueOptions): SourceOrder {
  const { input, source } = options;
  if (source !== undefined && !isPostgresUrl(source)) {
    throw new Problem("USAGE", "--source: postgres://user@host/database expected");
  }
  if (input !== undefined && isPostgresUrl(input)) {
    throw new Problem("USAGE", "--input is a file; for a database --source expected");
  }
  return sourceOrder(source ?? String(input), options);
}

interface Given {
  readonly type: CertificateType;
  readonly mapping: Mapping | null;
  readonly source: RecordSource;
}

async function issueFrom(output: Output, options: IssueOptions, given: Given): Promise<void> {
  const progress = createProgress(output.isJson);
  const settings = loadSettings();
  const chain = await openChain(settings, options);
  try {
    const { state } = await readLedger(chain);
    const order = orderOf(options, given, state);
    const index = await openIssuedNumbers(settings, chain.reader, order.agency, order.type.code);
    try {
      const { source } = given;
      const work = { source, issued: index.numbers, progress: progress.show };
      const tools = await toolsOf(options, settings, chain, work);
      await carryOut(output, options, order, tools);
    } finally {
      progress.end();
      await index.close();
    }
  } finally {
    chain.close();
  }
}

async function carryOut(
  output: Output,
  options: IssueOptions,
  order: IssueOrder,
  tools: IssueTools,
): Promise<void> {
  const tally = new FaultTally();
  const counting = { ...tools, faults: tallied(tools.faults, tally) };
  if (options.dryRun === true) {
    await showEstimate(output, order, counting, tally);
    return;
  }
  try {
    const issued = await issueBatch(order, counting);
    showFaults(output, tally.counts());
    showJob(output, options.out, issued, tally);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "RECORDS_INVALID") throw error;
    showInvalid(output, error, tally);
  }
}

/** As any problem, with the faults in sum before it. */
function showInvalid(output: Output, problem: Problem, tally: FaultTally): void {
  showFaults(output, tally.counts());
  output.result({ problem: problemJson(problem), faults: faultsJson(tally.counts()) });
  if (!output.isJson) printProblem(problem, false);
  process.exitCode = problem.words.exit;
}

function orderOf(options: IssueOptions, { type, mapping }: Given, state: LedgerState): IssueOrder {
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
    mapping,
    agency: agency.code,
    region: agency.region,
    suite: suiteOfName(options.suite) as SuiteId,
    skipInvalid: options.skipInvalid === true,
    maxErrors: options.maxErrors ?? null,
    supersede: options.supersede === true,
    today: todayInBeijing(systemClock),
  };
}

async function toolsOf(
  options: IssueOptions,
  settings: Settings,
  chain: Chain,
  rest: Pick<IssueTools, "source" | "issued"> & { readonly progress: Progress },
): Promise<IssueTools> {
  const anchoring = await anchoringOf(settings, chain, options.agency, options.key);
  const keyFile = options.key ?? operatorKeyFile(settings, options.agency);
  return {
    ...rest,
    store: batchFolder(options.out),
    faults: faultFile(options.errors ?? `${options.out}.errors.csv`),
    anchoring,
    identity: chain.reader.identity,
    primitives,
    random: systemRandomness,
    waiting: receiptWaiting(chain),
    supersession: {
      reader: chain.reader,
      governance: governWith(chain, keyFile),
      clock: systemClock,
    },
  };
}

async function showEstimate(
  output: Output,
  order: IssueOrder,
  tools: IssueTools,
  tally: FaultTally,
): Promise<void> {
  const estimate = await estimateIssue(order, tools);
  const { valid, invalid, replacing, errorFile, batches, gas, fee } = estimate;
  const problem = problemAhead(order, { valid, invalid, errorFile: String(errorFile) });
  output.say(`试运行，未上链 Dry run: nothing was anchored.`);
  output.say(`合格 Valid: ${String(valid)}    不合格 Invalid: ${String(invalid)}`);
  showFaults(output, tally.counts());
  if (replacing > 0) output.say(`换发 Would supersede older certificates: ${String(replacing)}`);
  if (errorFile !== null) output.say(`错误文件 Error file: ${errorFile}`);
  if (gas !== null && fee !== null) {
    const cost = `${String(gas)} gas, at most ${formatCoins(fee)} coins`;
    output.say(`批次 Batches: ${String(batches)}    一笔交易 One transaction: ${cost}`);
  }
  output.result({
    dryRun: true,
    ...estimate,
    fee: fee?.toString() ?? null,
    faults: faultsJson(tally.counts()),
    ...(problem && { problem: problemJson(problem) }),
  });
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

function showJob(
  output: Output,
  folder: string,
  { job, wasDone, superseded }: Issued,
  tally: FaultTally,
): void {
  const { size, skipped, root, receipt } = job;
  output.say(
    wasDone
      ? `此前已上链，未重复 Anchored before; nothing was done again.`
      : `已签发并上链 Issued and anchored ${String(size)} certificates.`,
  );
  if (skipped > 0) output.say(`跳过不合格记录 Invalid records skipped: ${String(skipped)}`);
  if (superseded > 0) {
    output.say(`旧证照已标记为换发 Older certificates superseded: ${String(superseded)}`);
  }
  output.say(`根 Root: ${root}`);
  output.say(`交易 Transaction: ${String(receipt?.transaction)}, block ${String(receipt?.block)}`);
  output.say(
    `序号 Number in the log: ${String(receipt?.sequence)}, ${String(receipt?.gasUsed)} gas`,
  );
  output.say(
    `批次文件夹 Batch folder: ${folder}. Next: ./lz export --batch ${folder} --index 0 --out .`,
  );
  const faults = faultsJson(tally.counts());
  output.result({ batch: folder, size, skipped, superseded, faults, root, wasDone, receipt });
}
