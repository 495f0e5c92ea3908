import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import { doneBefore, registrationChanges } from "../../app/register-agency.ts";
import { Problem } from "../../core/problem.ts";
import { parseCoins } from "../../main/chain/coins.ts";
import { operatorAccount } from "../../main/chain/accounts.ts";
import { requireAgencyCode, requireTypes } from "../terminal/agency-code.ts";
import { govern, withGovernance } from "../governance/governing.ts";
import type { GovernOptions, Plan, Situation } from "../governance/governing.ts";
import { address, assuranceOption, collect, region } from "../terminal/options.ts";

export function addAgencyCommand(group: Command): void {
  const command = group
    .command("add")
    .description(
      "Register an agency, the types it may issue, and its operator's account\n登记发证机关",
    )
    .requiredOption("--code <code>", "unified social credit code (GB 32100)")
    .requiredOption("--name <text>", "the agency's name")
    .requiredOption("--region <code>", "its region (GB/T 2260)", region)
    .requiredOption("--type <code>", "a type it may issue; give it several times", collect)
    .addOption(assuranceOption())
    .option("--operator <address>", "its operator's account, where it keeps the key", address)
    .option(
      "--operator-key <file>",
      "its operator's key, where it is kept here (default: keys/operator-CODE.key, made once)",
    )
    .option("--encrypt", "where that key is made, encrypt it with a password, which is asked for")
    .option("--fund <amount>", "coins for the operator's fees, where the chain takes any", coins);
  withGovernance(command).addHelpText("after", NOTES).action(addAgency);
}

const NOTES = `
Run again after an interruption it does what is still missing, and nothing twice.

Examples:
  ./lz agency add --code 11310000MB1A00001C --name 上海市证照样例局 --region 310000 \\
    --type 11100000000013338W011
  ./lz agency add --code 11460000MB1A00001P --name 海南省证照样例局 --region 460000 \\
    --type 11100000000013338W001 --operator 0x70997970c51812dc3a010c7d01b50e0d17dc79c8 --call-only
Next: ./lz issue, with --agency 11310000MB1A00001C`;

interface AddOptions extends GovernOptions {
  readonly code: string;
  readonly name: string;
  readonly region: string;
  readonly type: readonly string[];
  readonly assurance: number;
  readonly operator?: string;
  readonly operatorKey?: string;
  readonly encrypt?: true;
  readonly fund?: bigint;
}

async function addAgency(options: AddOptions): Promise<void> {
  requireAgencyCode(options.code);
  if (options.operator !== undefined && options.operatorKey !== undefined) {
    throw new Problem("USAGE", "at most one of --operator, --operator-key expected");
  }
  await govern(options, (situation) => planRegistration(situation, options));
}

async function planRegistration(situation: Situation, options: AddOptions): Promise<Plan> {
  const { state, blockTime } = situation;
  const { code, type: types } = options;
  requireTypes(state, types);
  const operator = await operatorOf(situation, options);
  const registration = {
    agency: code,
    region: options.region,
    name: options.name,
    types,
    assurance: options.assurance,
    operator,
    basis: options.basis,
    from: blockTime,
    funding: options.fund ?? 0n,
  };
  return {
    changes: registrationChanges(registration, doneBefore(state, registration)),
    result: { agency: code, operator },
    next: `./lz issue --agency ${code} --type ${String(types[0])} …`,
  };
}

/** An operator's own account, or that of a key which is kept here, and made where there is none. */
async function operatorOf(
  { settings, chain }: Situation,
  { code, operator, operatorKey, encrypt }: AddOptions,
): Promise<string> {
  if (operator !== undefined) return operator.toLowerCase();
  const key = { keyFile: operatorKey, isEncrypted: encrypt === true };
  return (await operatorAccount(settings, chain.rpc, code, key)).address;
}

export function coins(text: string): bigint {
  const amount = parseCoins(text);
  if (amount === null) throw new InvalidArgumentError("an amount such as 0.5 expected.");
  return amount;
}
