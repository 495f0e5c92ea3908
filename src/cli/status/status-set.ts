/** Changing what certificates are worth: one, all of a list, or a whole batch. */
import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import type { Change } from "../../app/change.ts";
import { STATUS_NAMES } from "../../core/ledger/statuses.ts";
import { Problem } from "../../core/problem.ts";
import { governWith } from "../../main/chain/accounts.ts";
import { choosePlace, withBatch } from "../terminal/certificate-choice.ts";
import type { ChosenPlace } from "../terminal/certificate-choice.ts";
import { govern, withCallOnly } from "../governance/governing.ts";
import type { Plan, Situation } from "../governance/governing.ts";
import { instant, integer, withChain } from "../terminal/options.ts";
import { keyFileOf } from "./status-order.ts";
import type { SetOptions } from "./status-order.ts";
import { setStatusesOfList } from "./status-set-list.ts";

export function addSetCommand(group: Command): void {
  const command = group
    .command("set")
    .description("Change the status of certificates: one, those of a list, or a batch\n变更状态")
    .requiredOption("--to <status>", statusList(), statusCode)
    .option("--list <file>", "all certificates of a table; - is standard input");
  withBatch(command)
    .option("--effective-from <time>", "from when it holds in law (default: now)", instant)
    .option("--reason <n>", "reason code, 0 to 65535", integer, 0)
    .option("--key <file>", "the operator's or authority's key (default: keys/operator-CODE.key)");
  withChain(withCallOnly(command)).addHelpText("after", NOTES).action(setStatus);
}

const NOTES = `
A suspended certificate can be made active again; every other status is final. A status may take effect before it is
recorded (--effective-from): both times are kept.

A list is CSV, TSV or XLSX with a header that says how it names certificates:
  certificate            files (*.lzc.json)               证照文件
  agency,root,index      as the chain names them          发证机关,根,序号
  number                 the numbers on their faces       证照编号
and optionally, where numbers alone would not do: type 证照类型, agency 发证机关.
It is read to its end first: every fault is told with its line, and nothing is sent while there is one. Then as many as
fit go into each transaction; run again after an interruption it does what is still missing.

Examples:
  ./lz status set --certificate certificate.lzc.json --to suspended
  ./lz status set --number 沪231080000041 --to revoked --reason 1 --effective-from 2026-01-31
  ./lz status set --list revoked.csv --to revoked
  ./lz status set --root 0x5d0c46f0 --whole --to withdrawn
Next: ./lz status show, with the same certificate or batch`;

function statusList(): string {
  return [...STATUS_NAMES.values()].map(({ name, zh }) => `${name} ${zh}`).join(", ");
}

function statusCode(text: string): number {
  const found = [...STATUS_NAMES].find(([, { name }]) => name === text);
  if (found === undefined) throw new InvalidArgumentError(`one of ${statusList()} expected.`);
  return found[0];
}

/** What names a single certificate or batch. */
const CHOICES = ["certificate", "number", "type", "agency", "root", "index", "whole"] as const;

async function setStatus(options: SetOptions): Promise<void> {
  const { list } = options;
  if (list === undefined) {
    const place = await choosePlace(options);
    await govern(options, (situation) => planOne(situation, place, options));
    return;
  }
  const other = CHOICES.find((name) => options[name] !== undefined);
  if (other !== undefined) throw new Problem("USAGE", `--list or --${other} expected, not both`);
  await setStatusesOfList(list, options);
}

function planOne(situation: Situation, place: ChosenPlace, options: SetOptions): Plan {
  const { to: status, reason, effectiveFrom = situation.now } = options;
  const order = { ...place, status, reason, effectiveFrom };
  const change: Change = (governance) => governance.setStatus(order);
  return {
    changes: [change],
    by: () =>
      governWith(situation.settings, situation.chain, keyFileOf(situation, place.agency, options)),
    result: order,
    next: "./lz status show",
  };
}
