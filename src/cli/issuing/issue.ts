import { Command, Option } from "commander";
import { FaultTally, tallied } from "../../app/issue/fault-tally.ts";
import { estimateIssue } from "../../app/issue/estimate-issue.ts";
import { issueJob } from "../../app/issue/issue-job.ts";
import type { FinishTools, IssueOrder, IssueTools } from "../../app/issue/issue-job.ts";
import { schemaHash } from "../../app/publish-catalogue.ts";
import { loadSettings } from "../../config.ts";
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import type { Mapping } from "../../core/catalogue/mapping.ts";
import { suiteOfName } from "../../core/hashing.ts";
import type { SuiteId } from "../../core/hashing.ts";
import { findTypeVersion } from "../../core/ledger/catalogue.ts";
import type { LedgerState } from "../../core/ledger/state.ts";
import { Problem } from "../../core/problem.ts";
import { openAgencyStore } from "../../main/stores/stores.ts";
import { findType, loadCatalogue } from "../../main/catalogue.ts";
import { openChain, readLedger } from "../../main/chain/chain.ts";
import type { Chain } from "../../main/chain/chain.ts";
import { formatCoins } from "../../main/chain/coins.ts";
import { faultFile } from "../../main/files.ts";
import { finishToolsOf } from "../../main/issuing/issuing.ts";
import { openIssuingWorkers } from "../../main/issuing/issuing-workers.ts";
import { isPostgresUrl, openRecords, readMapping } from "../../main/issuing/sources.ts";
import type { SourceOrder } from "../../main/issuing/sources.ts";
import { primitives, systemClock, systemRandomness, todayInBeijing } from "../../main/system.ts";
import type { RecordSource } from "../../ports/record-source.ts";
import type { IssueJob } from "../../ports/agency-store.ts";
import { foundJson, showFaults, showWarnings } from "./fault-words.ts";
import type { FoundCounts } from "./fault-words.ts";
import { showIssued } from "./issued-words.ts";
import { withPacing } from "./issue-options.ts";
import type { IssueOptions } from "./issue-options.ts";
import { commandOf } from "./job-command.ts";
import { createOutput, printProblem, problemJson } from "../terminal/output.ts";
import type { Output } from "../terminal/output.ts";
import { integer, requireOne, suiteOption, withChain } from "../terminal/options.ts";
import { belowProgress, createJobProgress } from "../terminal/progress.ts";
import { sayIfInterrupted } from "../terminal/until-interrupted.ts";
import { SOURCE_NOTES, sourceOrder, withSource } from "./source-options.ts";

const DEFAULT_BATCH_SIZE = 4096;
const LARGEST_BATCH = 2 ** 24;

export function issueCommand(): Command {
  const command = withChain(new Command("issue"))
    .description("Issue certificates from a table and anchor them, once\n批量签发并上链")
    .requiredOption("--type <code>", "certificate type: its code or its name")
    .requiredOption("--agency <code>", "the issuing agency's unified social credit code")
    .option("--input <file>", "the table, with a header and one record a row; - is standard input")
    .option("--source <url>", "a database instead: postgres://user@host/database, with --query")
    .option("--mapping <file>", "which column gives which claim, as ./lz map suggest proposes")
    .addOption(suiteOption())
    .addOption(batchSizeOption())
    .option("--pad", "fill batches up, so that nobody sees how many certificates were issued");
  withSource(command)
    .option("--skip-invalid", "issue the valid records although others are not")
    .option("--max-errors <n>", "give up once more records than that are at fault", integer)
    .option("--supersede", "reissue numbers issued before, and mark the old ones superseded")
    .option("--dry-run", "check everything and say what it would do and cost; nothing is sent")
    .option("--errors <file>", "the error file (default: <input>.errors.csv)")
    .option("--catalogue <folder>", "certificate types (default: the project's catalogue/)")
    .option("--key <file>", "the operator's key (default: keys/operator-CODE.key)");
  return withPacing(command).addHelpText("after", NOTES).action(issue);
}

function batchSizeOption(): Option {
  return new Option("--batch-size <n>", `certificates in one batch, 1 to ${String(LARGEST_BATCH)}`)
    .default(DEFAULT_BATCH_SIZE)
    .argParser(integer);
}

const NOTES = `
The columns are the names of the type's claims (./lz sample writes an example), and optionally
holderKey: the thumbprint of the holder's key, as ./lz key new shows it. Other columns need a mapping.
${SOURCE_NOTES}

A certificate number that is there twice, or that the agency has issued before, is a fault of its record.
The same command again goes on with the same job, wherever it broke off; nothing is anchored twice.

Examples:
  ./lz issue --type 11100000000013338W011 --agency 11310000MB1A00001C --input records.csv
  ./lz issue --type 11100000000013338W011 --agency 11310000MB1A00001C --mapping mapping.json \\
    --source postgres://reader@db/permits --query 'SELECT … ORDER BY id' --dry-run
Next: ./lz jobs list, ./lz export --job …`;

function issue(options: IssueOptions): Promise<void> {
  return issueWith(createOutput(options.json === true), options, null);
}

/** @param resuming the job that is to go on, null for a command of its own */
export async function issueWith(
  output: Output,
  options: IssueOptions,
  resuming: string | null,
): Promise<void> {
  requireOne(options, ["input", "source"]);
  requireBatchSize(options.batchSize);
  const type = findType(await loadCatalogue(options.catalogue), options.type);
  const mapping = options.mapping === undefined ? null : await readMapping(options.mapping, type);
  const source = await openRecords(orderOfSource(options));
  try {
    await issueFrom(output, options, { type, mapping, source, resuming });
  } finally {
    await source.close();
  }
}

function requireBatchSize(size: number): void {
  if (size >= 1 && size <= LARGEST_BATCH) return;
  throw new Problem("USAGE", `--batch-size: 1 to ${String(LARGEST_BATCH)} expected`);
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
  readonly resuming: string | null;
}

async function issueFrom(shown: Output, options: IssueOptions, given: Given): Promise<void> {
  const progress = createJobProgress(shown.isJson);
  const output = belowProgress(shown, progress);
  const settings = loadSettings();
  const chain = await openChain(settings, options);
  const unsay = sayIfInterrupted(INTERRUPTED);
  try {
    const { state } = await readLedger(chain);
    const order = orderOf(options, given, state);
    const store = await openAgencyStore(settings);
    try {
      const flags = { ...options, progress: progress.show };
      const finishing = await finishToolsOf(settings, chain, store, flags);
      const found = { faults: new FaultTally(), warnings: new FaultTally(({ value }) => value) };
      const wasRead = (): void => {
        showWarnings(output, found.warnings.counts());
      };
      const reading = { source: given.source, wasRead, ...readingTools(options, chain, found) };
      const began = ({ id }: IssueJob): void => {
        progress.begin(id);
        output.say(`任务 Job: ${id}`);
      };
      await carryOut(output, options, order, { ...finishing, ...reading, began }, found);
    } finally {
      progress.end();
      await store.close();
    }
  } finally {
    chain.close();
    unsay();
  }
}

/** What the records come to besides certificates. */
interface Found {
  readonly faults: FaultTally;
  readonly warnings: FaultTally;
}

const INTERRUPTED =
  "已中断。同一命令会接着做完，不会重复上链 Interrupted. The same command goes on with it; nothing is anchored twice.";

function readingTools(
  options: IssueOptions,
  { reader }: Chain,
  { faults, warnings }: Found,
): Omit<IssueTools, keyof FinishTools | "source" | "began" | "wasRead"> {
  return {
    openWorkers: openIssuingWorkers,
    identity: reader.identity,
    primitives,
    random: systemRandomness,
    faultsOf: (job) => tallied(faultFile(errorFile(options, job)), faults),
    warnings,
  };
}

/** Beside the input, or in the working folder where there is no file to be beside. */
function errorFile({ errors, input }: IssueOptions, job: string): string {
  if (errors !== undefined) return errors;
  return input === undefined || input === "-" ? `lz-errors-${job}.csv` : `${input}.errors.csv`;
}

async function carryOut(
  output: Output,
  options: IssueOptions,
  order: IssueOrder,
  tools: IssueTools,
  found: Found,
): Promise<void> {
  if (options.dryRun === true) {
    await showEstimate(output, order, tools, found);
    return;
  }
  try {
    const issued = await issueJob(order, tools);
    showFaults(output, found.faults.counts());
    await showIssued(output, tools.store, issued, countsOf(found));
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "RECORDS_INVALID") throw error;
    showInvalid(output, error, found);
  }
}

function countsOf({ faults, warnings }: Found): FoundCounts {
  return { faults: faults.counts(), warnings: warnings.counts() };
}

/** As any problem, with the faults in sum before it. */
function showInvalid(output: Output, problem: Problem, found: Found): void {
  const counts = countsOf(found);
  showFaults(output, counts.faults);
  showWarnings(output, counts.warnings);
  output.result({ problem: problemJson(problem), ...foundJson(counts) });
  if (!output.isJson) printProblem(problem, false);
  process.exitCode = problem.words.exit;
}

function orderOf(
  options: IssueOptions,
  { type, mapping, resuming }: Given,
  state: LedgerState,
): IssueOrder {
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
    batchSize: options.batchSize,
    isPadded: options.pad === true,
    command: commandOf(options),
    resuming,
    skipInvalid: options.skipInvalid === true,
    maxErrors: options.maxErrors ?? null,
    supersede: options.supersede === true,
    today: todayInBeijing(systemClock),
  };
}

async function showEstimate(
  output: Output,
  order: IssueOrder,
  tools: IssueTools,
  found: Found,
): Promise<void> {
  const faults = tools.faultsOf("dry-run");
  const estimate = await estimateIssue(order, { ...tools, faults });
  const { valid, invalid, replacing, errorFile, batches, transactions, gas, fee } = estimate;
  const problem = problemAhead(order, { valid, invalid, errorFile: String(errorFile) });
  output.say(`试运行，未上链 Dry run: nothing was anchored.`);
  output.say(`合格 Valid: ${String(valid)}    不合格 Invalid: ${String(invalid)}`);
  const counts = countsOf(found);
  showFaults(output, counts.faults);
  showWarnings(output, counts.warnings);
  if (replacing > 0) output.say(`换发 Would supersede older certificates: ${String(replacing)}`);
  if (errorFile !== null) output.say(`错误文件 Error file: ${errorFile}`);
  if (gas !== null && fee !== null) {
    const cost = `${String(gas)} gas, at most ${formatCoins(fee)} coins`;
    const counts = `批次 Batches: ${String(batches)}    交易 Transactions: ${String(transactions)}`;
    output.say(`${counts}    共计 in all ${cost}`);
  }
  output.result({
    dryRun: true,
    ...estimate,
    fee: fee?.toString() ?? null,
    ...foundJson(counts),
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
