import { Command, InvalidArgumentError } from "commander";
import { loadSettings } from "../config.ts";
import { formatInstant } from "../core/encoding/instant.ts";
import type { LedgerState, StatusChange } from "../core/ledger/state.ts";
import { batchKey } from "../core/ledger/state.ts";
import { STATUS_NAMES, recordedStatus } from "../core/ledger/statuses.ts";
import { openChain, readLedger } from "../main/chain.ts";
import { governWith, operatorKeyFile } from "../main/keys.ts";
import { systemClock } from "../main/system.ts";
import { createOutput } from "./output.ts";
import type { ChainOptions } from "./options.ts";
import { instant, integer, withChain } from "./options.ts";
import type { StatusSubject, SubjectOptions } from "./status-subject.ts";
import { subjectOf, withSubject } from "./status-subject.ts";

export function statusCommand(): Command {
  const command = new Command("status").description(
    "Set and show the status of certificates\n证照状态",
  );
  withSubject(withChain(command.command("set")))
    .description("Change the status of one certificate or of a whole batch\n变更状态")
    .requiredOption("--to <status>", statusList(), statusCode)
    .option("--effective-from <time>", "from when it holds in law (default: now)", instant)
    .option("--reason <n>", "reason code, 0 to 65535", integer, 0)
    .option("--key <file>", "the operator's or authority's key (default: keys/operator-CODE.key)")
    .addHelpText("after", SET_NOTES)
    .action(setStatus);
  withSubject(withChain(command.command("show")))
    .description("Show the recorded statuses of one certificate or of a whole batch\n查看状态")
    .addHelpText("after", SHOW_NOTES)
    .action(showStatus);
  return command;
}

const SET_NOTES = `
A suspended certificate can be made active again; every other status is final.

Examples:
  ./lz status set --certificate certificates/000041.lzc.json --to suspended
  ./lz status set --batch batch-1 --index 41 --to revoked --reason 1
  ./lz status set --batch batch-1 --whole --to withdrawn
Next: ./lz status show, with the same certificate or batch`;

const SHOW_NOTES = `
Examples:
  ./lz status show --certificate certificates/000041.lzc.json
  ./lz status show --batch batch-1 --whole`;

function statusList(): string {
  return [...STATUS_NAMES.values()].map(({ name, zh }) => `${name} ${zh}`).join(", ");
}

function statusCode(text: string): number {
  const found = [...STATUS_NAMES].find(([, { name }]) => name === text);
  if (found === undefined) throw new InvalidArgumentError(`one of ${statusList()} expected.`);
  return found[0];
}

interface SetOptions extends ChainOptions, SubjectOptions {
  readonly to: number;
  readonly effectiveFrom?: number;
  readonly reason: number;
  readonly key?: string;
}

async function setStatus(options: SetOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const settings = loadSettings();
  const subject = await subjectOf(options);
  const chain = await openChain(settings, options);
  try {
    const keyFile = options.key ?? operatorKeyFile(settings, subject.agency);
    const governance = governWith(chain, keyFile);
    const { to: status, reason, effectiveFrom = systemClock.now() } = options;
    const receipt = await governance.setStatus({ ...subject, status, reason, effectiveFrom });
    output.say(`${describe(subject)}: ${words(status)}, ${formatInstant(effectiveFrom)}`);
    output.say(`交易 Transaction: ${receipt.transaction}, ${String(receipt.gasUsed)} gas`);
    output.result({ ...subject, status, effectiveFrom, reason, ...receipt });
  } finally {
    chain.close();
  }
}

function describe({ root, index }: StatusSubject): string {
  const which = index === null ? "整批 the whole batch" : `证照 certificate ${String(index)}`;
  return `${which} (${root.slice(0, 10)}…)`;
}

function words(status: number): string {
  const { name, zh } = STATUS_NAMES.get(status) ?? { name: String(status), zh: "?" };
  return `${zh} ${name}`;
}

async function showStatus(options: ChainOptions & SubjectOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const subject = await subjectOf(options);
  const chain = await openChain(loadSettings(), options);
  try {
    const { state } = await readLedger(chain);
    const changes = changesOf(state, subject);
    const status = recordedStatus(changes);
    output.say(`${describe(subject)}: ${words(status)}`);
    output.table(
      ["status", "effective from", "recorded", "reason"],
      changes.map((change) => [
        words(change.status),
        formatInstant(change.effectiveFrom),
        formatInstant(change.recordedAt),
        String(change.reason),
      ]),
    );
    output.result({ ...subject, status, name: STATUS_NAMES.get(status)?.name, changes });
  } finally {
    chain.close();
  }
}

function changesOf(state: LedgerState, subject: StatusSubject): readonly StatusChange[] {
  const statuses = state.statuses.get(batchKey(subject.agency, subject.root));
  if (subject.index === null) return statuses?.whole ?? [];
  return statuses?.certificates.get(subject.index) ?? [];
}
