import { Command, InvalidArgumentError } from "commander";
import { doneBefore, registerAgency } from "../app/register-agency.ts";
import { loadSettings } from "../config.ts";
import { parseAgencyCode } from "../core/identifiers/credit-code.ts";
import { regionName } from "../core/identifiers/region.ts";
import type { RegionCode } from "../core/identifiers/region.ts";
import type { LedgerState } from "../core/ledger/state.ts";
import { Problem } from "../core/problem.ts";
import { formatInstant } from "../core/encoding/instant.ts";
import { openChain, parseCoins, readLedger } from "../main/chain.ts";
import { authorityAccount, governanceOf, operatorAccount } from "../main/keys.ts";
import { createOutput } from "./output.ts";
import type { ChainOptions } from "./options.ts";
import { assurance, collect, region, withChain } from "./options.ts";

export function agencyCommand(): Command {
  const command = new Command("agency").description("Register and show issuing agencies\n发证机关");
  withChain(command.command("add"))
    .description(
      "Register an agency, the types it may issue, and its operator's account\n登记发证机关",
    )
    .requiredOption("--code <code>", "unified social credit code (GB 32100)")
    .requiredOption("--name <text>", "the agency's name")
    .requiredOption("--region <code>", "its region (GB/T 2260)", region)
    .requiredOption("--type <code>", "a type it may issue; give it several times", collect)
    .option("--assurance <letter>", "A (signed and sealed by it) to D (self-stated)", assurance, 4)
    .option(
      "--operator-key <file>",
      "its operator's key (default: keys/operator-CODE.key, made once)",
    )
    .option("--fund <amount>", "coins for the operator's fees, where the chain takes any", coins)
    .option("--basis <text>", "legal basis", "")
    .option("--key <file>", "the authority's key (default: keys/authority.key)")
    .addHelpText("after", ADD_NOTES)
    .action(addAgency);
  withChain(command.command("show"))
    .description("Show an agency as the chain has it\n查看发证机关")
    .argument("[code]", "unified social credit code; without it all agencies")
    .addHelpText("after", "\nExample:\n  ./lz agency show 11310000MB1A00001C")
    .action(showAgencies);
  return command;
}

const ADD_NOTES = `
Run again after an interruption it does what is still missing, and nothing twice.

Example:
  ./lz agency add --code 11310000MB1A00001C --name 上海市证照样例局 --region 310000 \\
    --type 11100000000013338W011
Next: ./lz issue, with --agency 11310000MB1A00001C`;

interface AddOptions extends ChainOptions {
  readonly code: string;
  readonly name: string;
  readonly region: string;
  readonly type: readonly string[];
  readonly assurance: number;
  readonly operatorKey?: string;
  readonly fund?: bigint;
  readonly basis: string;
  readonly key?: string;
}

async function addAgency(options: AddOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const settings = loadSettings();
  requireAgencyCode(options.code);
  const chain = await openChain(settings, options);
  try {
    const { state } = await readLedger(chain);
    requireTypes(state, options.type);
    const authority = await authorityAccount(settings, chain.rpc, options.key);
    const { code, operatorKey } = options;
    const operator = await operatorAccount(settings, chain.rpc, code, operatorKey);
    const registration = {
      agency: code,
      region: options.region,
      name: options.name,
      types: options.type,
      assurance: options.assurance,
      operator: operator.address,
      basis: options.basis,
      from: (await chain.reader.latestBlock()).time,
      funding: options.fund ?? 0n,
    };
    const done = doneBefore(state, registration);
    const receipts = await registerAgency(governanceOf(chain, authority), registration, done);
    output.say(`已登记 Registered ${options.name} (${code}), ${regionText(options.region)}.`);
    output.say(`可颁发 May issue: ${options.type.join(", ")}`);
    output.say(`经办账户 Operator: ${operator.address}`);
    output.say(`下一步 Next: ./lz issue --agency ${code} --type ${String(options.type[0])} …`);
    const transactions = receipts.map(({ transaction }) => transaction);
    output.result({ agency: code, operator: operator.address, transactions });
  } finally {
    chain.close();
  }
}

function requireAgencyCode(code: string): void {
  const checked = parseAgencyCode(code);
  if (checked.ok) return;
  const faults = checked.faults.map((fault) => fault.code).join(", ");
  throw new Problem("IDENTIFIER_INVALID", `--code ${code}: ${faults}`);
}

/** Before anything is sent: an agency that was registered for nothing can't be taken back. */
function requireTypes({ types }: LedgerState, wanted: readonly string[]): void {
  const unknown = wanted.find((code) => types.get(code)?.isRetired !== false);
  if (unknown !== undefined) throw new Problem("TYPE_UNKNOWN", `--type ${unknown}`);
}

function coins(text: string): bigint {
  const amount = parseCoins(text);
  if (amount === null) throw new InvalidArgumentError("an amount such as 0.5 expected.");
  return amount;
}

function regionText(code: string): string {
  return `${regionName(code as RegionCode, "zh")} ${regionName(code as RegionCode, "en")}`;
}

async function showAgencies(code: string | undefined, options: ChainOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const chain = await openChain(loadSettings(), options);
  try {
    const { state } = await readLedger(chain);
    const all = [...state.agencies.values()];
    const shown = all.filter((agency) => code === undefined || agency.code === code);
    if (code !== undefined && shown.length === 0) throw new Problem("AGENCY_UNKNOWN", code);
    output.table(
      ["code", "name", "region", "status", "since", "types"],
      shown.map((agency) => [
        agency.code,
        agency.name,
        regionText(agency.region),
        agency.status,
        formatInstant(agency.statusSince),
        [...agency.entitlements.keys()].join(" "),
      ]),
    );
    output.result(
      shown.map(({ entitlements, documentKeys, ...agency }) => ({
        ...agency,
        entitlements: Object.fromEntries(entitlements),
        documentKeys: [...documentKeys.values()],
        operators: [...state.operators]
          .filter(([, operator]) => operator.agency === agency.code)
          .map(([account, operator]) => ({ account, ...operator })),
      })),
    );
  } finally {
    chain.close();
  }
}
