/** What is done while there is a network, without being asked: bindings are renewed, and statuses looked up. */
import type { Held } from "../../vault/held.ts";
import { isRenewalDue, renewBinding } from "../../vault/renew.ts";
import type { Vault } from "../../vault/vault.ts";
import type { ChainRecord } from "./chain-record.ts";

export interface UpkeepTools {
  readonly vault: Pick<Vault, "list" | "held" | "sign" | "keepBinding" | "keepStatus">;
  readonly ask: (held: Held) => Promise<ChainRecord | null>;
  /** Seconds since 1970. */
  readonly now: () => number;
}

/** A status is looked up again after so many seconds. */
const STATUS_SECONDS = 300;

/** One after the other. Whatever fails is tried the next time. */
export async function keepUp(tools: UpkeepTools): Promise<void> {
  for (const held of await tools.vault.list()) await keepUpOne(tools, held);
}

export async function keepUpOne(tools: UpkeepTools, held: Held): Promise<void> {
  await renewIfDue(tools, held).catch(leave);
  await lookUp(tools, held).catch(leave);
}

async function renewIfDue({ vault, now }: UpkeepTools, held: Held): Promise<void> {
  if (isRenewalDue(held, now())) await renewBinding(vault, held, now());
}

async function lookUp({ vault, ask, now }: UpkeepTools, held: Held): Promise<void> {
  if (held.status !== null && now() - held.status.asOf < STATUS_SECONDS) return;
  const record = await ask(held);
  if (record === null || record.status.asOf === held.status?.asOf) return;
  await vault.keepStatus(held.id, record.status);
}

/** Offline, refused, locked meanwhile: the page shows how old what it knows is. */
function leave(): void {
  return undefined;
}
