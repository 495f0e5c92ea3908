import type { Command } from "commander";
import { loadSettings } from "../../config.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import type { StatusChange } from "../../core/ledger/certificate-statuses.ts";
import type { LedgerState } from "../../core/ledger/state.ts";
import { batchKey } from "../../core/ledger/state.ts";
import { recordedStatus, statusName } from "../../core/ledger/statuses.ts";
import { openChain, readLedger } from "../../main/chain/chain.ts";
import { choosePlace, withBatch } from "../terminal/certificate-choice.ts";
import type { BatchChoice, ChosenPlace } from "../terminal/certificate-choice.ts";
import { createOutput } from "../terminal/output.ts";
import type { ChainOptions } from "../terminal/options.ts";
import { withChain } from "../terminal/options.ts";

export function addStatusShowCommand(group: Command): void {
  withBatch(withChain(group.command("show")))
    .description("Show the recorded statuses of one certificate or of a whole batch\n查看状态")
    .addHelpText("after", NOTES)
    .action(showStatus);
}

const NOTES = `
'effective from' is when a status holds in law, 'recorded' when the chain learned of it.

Examples:
  ./lz status show --certificate certificate.lzc.json
  ./lz status show --number 沪231080000041
  ./lz status show --root 0x5d0c46f0 --whole
Next: ./lz verify FILE --at DAY --as-known-at DAY, for what was true and what was known then`;

async function showStatus(options: ChainOptions & BatchChoice): Promise<void> {
  const output = createOutput(options.json === true);
  const place = await choosePlace(options);
  const chain = await openChain(loadSettings(), options);
  try {
    const { state } = await readLedger(chain);
    const changes = changesOf(state, place);
    const status = recordedStatus(changes);
    output.say(`${describe(place)}: ${statusText(status)}`);
    output.table(
      ["状态 status", "生效 effective from", "上链 recorded", "原因 reason"],
      changes.map((change) => [
        statusText(change.status),
        formatInstant(change.effectiveFrom),
        formatInstant(change.recordedAt),
        String(change.reason),
      ]),
    );
    output.result({ ...place, status, name: statusName(status).name, changes });
  } finally {
    chain.close();
  }
}

function describe({ root, index }: ChosenPlace): string {
  const which = index === null ? "整批 the whole batch" : `证照 certificate ${String(index)}`;
  return `${which} (${root.slice(0, 10)}…)`;
}

/** 吊销 revoked */
export function statusText(status: number): string {
  const { name, zh } = statusName(status);
  return `${zh} ${name}`;
}

function changesOf(state: LedgerState, place: ChosenPlace): readonly StatusChange[] {
  const statuses = state.statuses.get(batchKey(place.agency, place.root));
  if (place.index === null) return statuses?.whole ?? [];
  return statuses?.certificates.of(place.index) ?? [];
}
