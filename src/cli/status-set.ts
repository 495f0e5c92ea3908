/** Changing what certificates are worth: one, all of a list, or a whole batch. */
import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import type { Change } from "../app/change.ts";
import { STATUS_NAMES } from "../core/ledger/statuses.ts";
import { Problem } from "../core/problem.ts";
import { governWith } from "../main/keys.ts";
import { govern, withCallOnly } from "./governing.ts";
import type { Plan, Situation } from "./governing.ts";
import { instant, integer, withChain } from "./options.ts";
import { keyFileOf } from "./status-order.ts";
import type { SetOptions } from "./status-order.ts";
import { setStatusesOfList } from "./status-set-list.ts";
import type { StatusSubject } from "./status-subject.ts";
import { subjectOf, withSubject } from "./status-subject.ts";

export function addSetCommand(group: Command): void {
  const command = group
    .command("set")
    .description("Change the status of certificates: one, those of a list, or a batch\n变更状态")
    .requiredOption("--to <status>", statusList(), statusCode)
    .option("--list <file>", "all certificates of a table; - is standard input");
  withSubject(command)
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
  batch,number           a batch folder, and the number   批次,证照编号
It is read to its end first: every fault is told with its line, and nothing is sent while there is one. Then as many as
fit go into each transaction; run again after an interruption it does what is still missing.

Examples:
  ./lz status set --certificate certificates/000041.lzc.json --to suspended
  ./lz status set --batch batch-1 --index 41 --to revoked --reason 1 --effective-from 2026-01-31
  ./lz status set --list revoked.csv --to revoked
  ./lz status set --batch batch-1 --whole --to withdrawn
Next: ./lz status show, with the same certificate or batch`;

function statusList(): string {
  return [...STATUS_NAMES.values()].map(({ name, zh }) => `${name} ${zh}`).join(", ");
}

function statusCode(text: string): number {
  const found = [...STATUS_NAMES].find(([, { name }]) => name === text);
  if (found === undefined) throw new InvalidArgumentError(`one of ${statusList()} expected.`);
  return found[0];
}

async function setStatus(options: SetOptions): Promise<void> {
  const { list } = options;
  if (list === undefined) {
    const subject = await subjectOf(options);
    await govern(options, (situation) => planOne(situation, subject, options));
    return;
  }
  const others = ["certificate", "batch", "root", "agency", "index", "number", "whole"] as const;
  const other = others.find((name) => options[name] !== undefined);
  if (other !== undefined) throw new Problem("USAGE", `--list or --${other} expected, not both`);
  await setStatusesOfList(list, options);
}

function planOne(situation: Situation, subject: StatusSubject, options: SetOptions): Plan {
  const { to: status, reason, effectiveFrom = situation.now } = options;
  const order = { ...subject, status, reason, effectiveFrom };
  const change: Change = (governance) => governance.setStatus(order);
  return {
    changes: [change],
    by: () => governWith(situation.chain, keyFileOf(situation, subject.agency, options)),
    result: order,
    next: "./lz status show",
  };
}
