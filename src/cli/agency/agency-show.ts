import type { Command } from "commander";
import { loadSettings } from "../../config.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import type { Agency, LedgerState, TrustChange } from "../../core/ledger/state.ts";
import { Problem } from "../../core/problem.ts";
import { openChain, readLedger } from "../../main/chain/chain.ts";
import { createOutput } from "../terminal/output.ts";
import type { Output } from "../terminal/output.ts";
import type { ChainOptions } from "../terminal/options.ts";
import { withChain } from "../terminal/options.ts";
import { assuranceLetter, both, endText, regionText } from "../terminal/wording.ts";

export function addShowCommand(group: Command): void {
  withChain(group.command("show"))
    .description(
      "Show agencies as the chain has them, or all there is to know of one\n查看发证机关",
    )
    .argument("[code]", "unified social credit code; without it all agencies")
    .addHelpText("after", NOTES)
    .action(showAgencies);
}

const NOTES = `
Of one agency it shows what became of it, what it may issue, and the accounts and keys that act for it, with what is
distrusted of them.

Examples:
  ./lz agency show
  ./lz agency show 11310000MB1A00001C
Next: ./lz history agency 11310000MB1A00001C, for who changed what on what basis`;

async function showAgencies(code: string | undefined, options: ChainOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const chain = await openChain(loadSettings(), options);
  try {
    const { state } = await readLedger(chain);
    const all = [...state.agencies.values()];
    const shown = all.filter((agency) => code === undefined || agency.code === code);
    if (code !== undefined && shown.length === 0) throw new Problem("AGENCY_UNKNOWN", code);
    if (code === undefined) sayAll(output, shown);
    else for (const agency of shown) sayOne(output, state, agency);
    output.result(shown.map((agency) => agencyJson(state, agency)));
  } finally {
    chain.close();
  }
}

function sayAll(output: Output, agencies: readonly Agency[]): void {
  output.table(
    ["code", "name", "region", "status", "since", "types", "successor"],
    agencies.map((agency) => [
      agency.code,
      agency.name,
      regionText(agency.region),
      agency.status,
      formatInstant(agency.statusSince),
      [...agency.entitlements.keys()].join(" "),
      agency.successor?.agency ?? "—",
    ]),
  );
}

const STATUS_WORDS = {
  active: { zh: "在用", en: "active" },
  suspended: { zh: "暂停", en: "suspended" },
  closed: { zh: "撤销", en: "closed" },
} as const;

function sayOne(output: Output, state: LedgerState, agency: Agency): void {
  output.say(`${agency.name} (${agency.code}), ${regionText(agency.region)}`);
  output.say(`状态 Status: ${both(STATUS_WORDS[agency.status])}`);
  saySuccessor(output, state, agency);
  output.say("\n状态沿革 What became of it:");
  output.table(
    ["status", "effective from", "recorded"],
    agency.statuses.map(({ status, effectiveFrom, recordedAt }) => {
      return [both(STATUS_WORDS[status]), formatInstant(effectiveFrom), formatInstant(recordedAt)];
    }),
  );
  sayEntitlements(output, state, agency);
  sayOperators(output, state, agency);
  sayDocumentKeys(output, agency);
}

function saySuccessor(output: Output, { agencies }: LedgerState, { successor }: Agency): void {
  if (successor === null) return;
  const name = agencies.get(successor.agency)?.name ?? "";
  const from = formatInstant(successor.effectiveFrom);
  output.say(`承接机关 Successor: ${name} (${successor.agency}), ${from}`);
}

function sayEntitlements(output: Output, { types }: LedgerState, { entitlements }: Agency): void {
  output.say("\n颁发权限 What it may issue:");
  output.table(
    ["type", "name", "assurance", "from", "until"],
    [...entitlements].map(([type, { assurance, validFrom, validUntil }]) => [
      type,
      [...(types.get(type)?.versions.values() ?? [])].at(-1)?.name ?? "",
      assuranceLetter(assurance),
      formatInstant(validFrom),
      endText(validUntil),
    ]),
  );
}

function sayOperators(output: Output, state: LedgerState, { code }: Agency): void {
  output.say("\n经办账户 Accounts that act for it:");
  output.table(
    ["account", "from", "until", "trust"],
    [...state.operators]
      .filter(([, operator]) => operator.agency === code)
      .map(([account, { validFrom, validUntil, trust }]) => {
        return [account, formatInstant(validFrom), endText(validUntil), trustText(trust)];
      }),
  );
}

function sayDocumentKeys(output: Output, { documentKeys }: Agency): void {
  output.say("\n签章密钥 Document keys:");
  output.table(
    ["key id", "algorithm", "from", "until", "trust"],
    [...documentKeys.values()].map(({ keyId, algorithm, validFrom, validUntil, trust }) => {
      const window = [formatInstant(validFrom), endText(validUntil)];
      return [keyId, algorithm, ...window, trustText(trust)];
    }),
  );
}

/** A document key is distrusted altogether: since 0. */
function trustText(trust: readonly TrustChange[]): string {
  const last = trust.at(-1);
  if (last === undefined) return "可信 trusted";
  const recorded = formatInstant(last.recordedAt);
  if (last.since === null) return `恢复可信 trusted again, ${recorded}`;
  const since = last.since === 0 ? "" : ` since ${formatInstant(last.since)}`;
  return `不予信任 distrusted${since}, ${recorded}`;
}

function agencyJson(state: LedgerState, agency: Agency): Record<string, unknown> {
  const { entitlements, documentKeys, ...facts } = agency;
  return {
    ...facts,
    entitlements: Object.fromEntries(entitlements),
    documentKeys: [...documentKeys.values()],
    operators: [...state.operators]
      .filter(([, operator]) => operator.agency === agency.code)
      .map(([account, operator]) => ({ account, ...operator })),
  };
}
