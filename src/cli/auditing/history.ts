import { Command } from "commander";
import { historyOf } from "../../app/history.ts";
import type { HistorySubject, TimelineEntry } from "../../app/history.ts";
import { readEvents } from "../../app/read-events.ts";
import { loadSettings } from "../../config.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import type { LedgerEvent } from "../../core/ledger/events.ts";
import { applyEvent } from "../../core/ledger/reduce.ts";
import { emptyLedger } from "../../core/ledger/state.ts";
import type { LedgerState } from "../../core/ledger/state.ts";
import { Problem } from "../../core/problem.ts";
import type { ProblemCode } from "../../core/problem-codes.ts";
import { openChain } from "../../main/chain/chain.ts";
import type { Chain } from "../../main/chain/chain.ts";
import { requireAgencyCode } from "../terminal/agency-code.ts";
import { placeOfFile } from "../terminal/certificate-choice.ts";
import { createOutput } from "../terminal/output.ts";
import type { Output } from "../terminal/output.ts";
import type { ChainOptions } from "../terminal/options.ts";
import { integer, withChain } from "../terminal/options.ts";
import { createProgress } from "../terminal/progress.ts";
import { both, regionText } from "../terminal/wording.ts";

export function historyCommand(): Command {
  const command = new Command("history").description(
    "Who changed what, when, from when on, and on what basis\n沿革",
  );
  withTimeline(command.command("agency"))
    .description("The timeline of an agency: registration, rights, keys, succession\n机关沿革")
    .argument("<code>", "the agency's unified social credit code (GB 32100)")
    .addHelpText("after", "\nExample:\n  ./lz history agency 11310000MB1A00001C")
    .action(agencyHistory);
  withTimeline(command.command("type"))
    .description(
      "The timeline of a certificate type: versions, and rules that name it\n证照类型沿革",
    )
    .argument("<code>", "the type's code")
    .addHelpText("after", "\nExample:\n  ./lz history type 11100000000013338W001")
    .action(typeHistory);
  withTimeline(command.command("rule"))
    .description("The timeline of a recognition rule, with its group of regions\n互认规则沿革")
    .argument("<number>", "the rule's number, as ./lz recognise list shows it", integer)
    .option("--generation <n>", "the deployment, 0 the oldest (default: the last with it)", integer)
    .addHelpText("after", "\nExample:\n  ./lz history rule 1")
    .action(ruleHistory);
  withTimeline(command.command("certificate"))
    .description("The timeline of one certificate: batch, statuses, agency, key\n证照沿革")
    .argument("<certificate>", "its file (*.lzc.json), or AGENCY/ROOT/INDEX")
    .addHelpText("after", CERTIFICATE_NOTES)
    .action(certificateHistory);
  return command;
}

const CERTIFICATE_NOTES = `
Nothing of the certificate's content is on the chain, so nothing of it is shown.

Example:
  ./lz history certificate certificate.lzc.json
Next: ./lz verify certificate.lzc.json --at TIME --as-known-at TIME, with times of the timeline`;

function withTimeline(command: Command): Command {
  return withChain(command).option("--table", "as a table, tab-separated where it is piped");
}

interface HistoryOptions extends ChainOptions {
  readonly table?: true;
}

async function agencyHistory(agency: string, options: HistoryOptions): Promise<void> {
  requireAgencyCode(agency);
  await show({ kind: "agency", agency }, options, ["AGENCY_UNKNOWN", agency]);
}

async function typeHistory(type: string, options: HistoryOptions): Promise<void> {
  await show({ kind: "type", type }, options, ["TYPE_UNKNOWN", type]);
}

interface RuleOptions extends HistoryOptions {
  readonly generation?: number;
}

async function ruleHistory(ruleId: number, options: RuleOptions): Promise<void> {
  const { generation } = options;
  const which = generation === undefined ? {} : { generation };
  await show({ kind: "rule", ruleId, ...which }, options, ["RULE_UNKNOWN", String(ruleId)]);
}

async function certificateHistory(named: string, options: HistoryOptions): Promise<void> {
  const place = placeOf(named) ?? (await placeOfFile(named));
  const { agency, root } = place;
  const subject = { kind: "certificate", ...place } as const;
  await show(subject, options, ["CERTIFICATE_NOT_FOUND", `${agency}, ${root}`]);
}

const PLACE = /^([0-9A-Z]{18})\/(0x[0-9a-fA-F]{64})\/(\d{1,10})$/;

/** A certificate by what the chain knows of it; null for what is a file's name. */
function placeOf(text: string): { agency: string; root: string; index: number } | null {
  const [, agency, root, index] = PLACE.exec(text) ?? [];
  if (agency === undefined || root === undefined) return null;
  return { agency, root: root.toLowerCase(), index: Number(index) };
}

/** @throws Problem of that code and detail where the chain knows nothing of the subject. */
async function show(
  subject: HistorySubject,
  options: HistoryOptions,
  [code, detail]: [ProblemCode, string],
): Promise<void> {
  const output = createOutput(options.json === true);
  const chain = await openChain(loadSettings(), options);
  try {
    const { events, state } = await readAll(chain, output);
    const entries = await historyOf(events, subject);
    if (entries.length === 0) throw new Problem(code, detail);
    if (options.table === true)
      output.table(
        HEADER,
        entries.map((entry) => rowOf(entry, state)),
      );
    else for (const entry of entries) sayEntry(output, entry, state);
    output.result(entries);
  } finally {
    chain.close();
  }
}

interface WholeLedger {
  readonly events: readonly LedgerEvent[];
  readonly state: LedgerState;
}

async function readAll({ reader }: Chain, { isJson }: Output): Promise<WholeLedger> {
  const progress = createProgress(isJson);
  const state = emptyLedger(reader.identity);
  const events: LedgerEvent[] = [];
  const { number } = await reader.latestBlock();
  for await (const event of readEvents(reader, reader.firstBlock, number, progress.show)) {
    events.push(event);
    applyEvent(state, event);
  }
  progress.end();
  return { events, state };
}

function sayEntry(output: Output, entry: TimelineEntry, state: LedgerState): void {
  const { recordedAt, effectiveFrom, block, basis, by, what } = entry;
  const { zh, en } = what.words;
  output.say(`● ${formatInstant(recordedAt)}  区块 block ${String(block)}`);
  output.say(`  ${zh}`);
  output.say(`  ${en}`);
  output.say(`  生效 effective from ${formatInstant(effectiveFrom)}`);
  output.say(`  经手 by ${by} ${roleOf(state, by)}`.trimEnd());
  if (basis !== null && basis !== "") output.say(`  依据 basis ${basis}`);
}

/** What an account is now; empty where it is nothing any more. */
function roleOf({ authorities, operators }: LedgerState, account: string): string {
  const region = [...authorities].find(([, accounts]) => accounts.has(account))?.[0];
  if (region !== undefined) return `(主管部门 authority over ${regionText(region)})`;
  const operator = operators.get(account);
  return operator === undefined ? "" : `(经办 operator of ${operator.agency})`;
}

const HEADER = ["recorded", "effective from", "what", "by", "basis", "block", "transaction"];

function rowOf(entry: TimelineEntry, state: LedgerState): string[] {
  const { recordedAt, effectiveFrom, block, basis, by, what, transaction } = entry;
  return [
    formatInstant(recordedAt),
    formatInstant(effectiveFrom),
    both(what.words),
    `${by} ${roleOf(state, by)}`.trimEnd(),
    basis ?? "—",
    String(block),
    transaction,
  ];
}
