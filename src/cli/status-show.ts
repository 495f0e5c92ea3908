import type { Command } from "commander";
import { loadSettings } from "../config.ts";
import { formatInstant } from "../core/encoding/instant.ts";
import type { LedgerState, StatusChange } from "../core/ledger/state.ts";
import { batchKey } from "../core/ledger/state.ts";
import { recordedStatus, statusName } from "../core/ledger/statuses.ts";
import { openChain, readLedger } from "../main/chain.ts";
import { createOutput } from "./output.ts";
import type { ChainOptions } from "./options.ts";
import { withChain } from "./options.ts";
import type { StatusSubject, SubjectOptions } from "./status-subject.ts";
import { subjectOf, withSubject } from "./status-subject.ts";

export function addStatusShowCommand(group: Command): void {
  withSubject(withChain(group.command("show")))
    .description("Show the recorded statuses of one certificate or of a whole batch\n查看状态")
    .addHelpText("after", NOTES)
    .action(showStatus);
}

const NOTES = `
'effective from' is when a status holds in law, 'recorded' when the chain learned of it.

Examples:
  ./lz status show --certificate certificates/000041.lzc.json
  ./lz status show --batch batch-1 --whole
Next: ./lz verify FILE --at DAY --as-known-at DAY, for what was true and what was known then`;

async function showStatus(options: ChainOptions & SubjectOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const subject = await subjectOf(options);
  const chain = await openChain(loadSettings(), options);
  try {
    const { state } = await readLedger(chain);
    const changes = changesOf(state, subject);
    const status = recordedStatus(changes);
    output.say(`${describe(subject)}: ${statusText(status)}`);
    output.table(
      ["status", "effective from", "recorded", "reason"],
      changes.map((change) => [
        statusText(change.status),
        formatInstant(change.effectiveFrom),
        formatInstant(change.recordedAt),
        String(change.reason),
      ]),
    );
    output.result({ ...subject, status, name: statusName(status).name, changes });
  } finally {
    chain.close();
  }
}

export function describe({ root, index }: StatusSubject): string {
  const which = index === null ? "整批 the whole batch" : `证照 certificate ${String(index)}`;
  return `${which} (${root.slice(0, 10)}…)`;
}

/** 吊销 revoked */
export function statusText(status: number): string {
  const { name, zh } = statusName(status);
  return `${zh} ${name}`;
}

function changesOf(state: LedgerState, subject: StatusSubject): readonly StatusChange[] {
  const statuses = state.statuses.get(batchKey(subject.agency, subject.root));
  if (subject.index === null) return statuses?.whole ?? [];
  return statuses?.certificates.get(subject.index) ?? [];
}
