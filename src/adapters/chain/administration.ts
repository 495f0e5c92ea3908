/**
 * The administrator's delay (AccessManager's execution delay): what it does is announced on the chain first
 * and carried out once its time has come, so that everyone can see it coming.
 */
import { formatInstant } from "../../core/encoding/instant.ts";
import { Problem } from "../../core/problem.ts";
import type { Account, Call } from "./account.ts";
import { interfaceOf } from "./contracts.ts";
import type { Deployment } from "./deployment.ts";
import { readAllAt, readAt } from "./deployment.ts";

type Contracts = Pick<Deployment, "rpc" | "addresses">;

export const ADMINISTRATOR_ROLE = 0;
/** What only the administrator may do. */
const ADMINISTRATION = ["appointNational", "freeze"] as const;

export function isAdministration({ addresses }: Contracts, { to, data }: Call): boolean {
  const registry = interfaceOf("AuthorityRegistry");
  const selectors = ADMINISTRATION.map((name) => registry.getFunction(name)?.selector);
  return to === addresses.AuthorityRegistry && selectors.includes(data.slice(0, 10));
}

/** Seconds from an announcement until it can be carried out; 0 for who may act at once, or not at all. */
export async function administrationDelay(contracts: Contracts, account: string): Promise<number> {
  const args = [ADMINISTRATOR_ROLE, account];
  const [isMember, delay] = await readAllAt(
    contracts,
    "AuthorityRegistry",
    "hasRole",
    args,
    "latest",
  );
  return isMember === true ? Number(delay) : 0;
}

/** From then on whatever that administrator does is announced that long before. */
export async function delayAdministration(
  account: Account,
  registry: string,
  administrator: string,
  seconds: number,
): Promise<void> {
  const args = [ADMINISTRATOR_ROLE, administrator, seconds];
  const data = interfaceOf("AuthorityRegistry").encodeFunctionData("grantRole", args);
  await account.execute({ to: registry, data });
}

/**
 * Returns at once for an administrator without a delay, and once the announced time has come.
 * @throws Problem ANNOUNCED with that time; the call is announced then, by this run or an earlier one
 */
export async function awaitTurn(contracts: Contracts, account: Account, call: Call): Promise<void> {
  if ((await administrationDelay(contracts, account.address)) === 0) return;
  const announced = await announcedFor(contracts, account, call);
  const from = announced === 0 ? await announce(contracts, account, call) : announced;
  const block = await contracts.rpc.ask((provider) => provider.getBlock("latest"));
  if ((block?.timestamp ?? 0) < from) throw new Problem("ANNOUNCED", formatInstant(from));
}

async function announcedFor(
  contracts: Contracts,
  { address }: Account,
  { data }: Call,
): Promise<number> {
  const args = [address, contracts.addresses.AuthorityRegistry, data];
  const id = await readAt(contracts, "AuthorityRegistry", "hashOperation", args, "latest");
  return Number(await readAt(contracts, "AuthorityRegistry", "getSchedule", [id], "latest"));
}

/** As soon as the delay allows. An announcement that nobody carried out within a week is made again. */
async function announce(contracts: Contracts, account: Account, call: Call): Promise<number> {
  const { AuthorityRegistry: to } = contracts.addresses;
  const args = [to, call.data, 0];
  const data = interfaceOf("AuthorityRegistry").encodeFunctionData("schedule", args);
  await account.execute({ to, data });
  return announcedFor(contracts, account, call);
}
