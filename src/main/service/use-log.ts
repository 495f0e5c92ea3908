/** The use log of a service: kept while it runs, anchored on the chain at intervals and at its end. */
import { LoggedUses } from "../../app/uses/logged-uses.ts";
import type { UseRecorder } from "../../app/uses/use-recorder.ts";
import type { Signatory } from "../../app/uses/receipt.ts";
import { UsesDesk } from "../../app/uses/uses-desk.ts";
import { toHex } from "../../core/encoding/bytes.ts";
import { Problem } from "../../core/problem.ts";
import type { LedgerView } from "../../core/verify/case.ts";
import type { Rpc } from "../../adapters/chain/rpc.ts";
import type { ServiceKeys } from "../../ports/service-keys.ts";
import type { ServiceStore } from "../../ports/service-store.ts";
import type { AwaitedChain } from "../chain/chain.ts";
import { measuredUses, tracedUses } from "./measured-uses.ts";
import type { ServiceContext, ServicePart } from "./service-part.ts";
import { primitives, systemClock, systemRandomness } from "../system.ts";
import { openUseAnchorer } from "./use-anchorer.ts";
import type { UseAnchorer } from "./use-anchorer.ts";

const STRAND_ID_BYTES = 6;

/** What the use log stands on. */
export interface UseLogGround {
  readonly chain: AwaitedChain;
  readonly ledger: { readonly view: LedgerView | null };
  readonly store: Pick<ServiceStore, "uses" | "clients">;
  readonly keys: ServiceKeys;
}

export interface UseLogPart extends ServicePart {
  readonly recorder: UseRecorder;
  readonly desk: UsesDesk;
}

/** @throws Problem SERVICE_KEY_OTHER, KEY_…, those of the store */
export async function openUseLog(
  context: ServiceContext,
  ground: UseLogGround,
): Promise<UseLogPart> {
  const { store, keys } = ground;
  await requireSameKey(store, keys);
  const signatory = signatoryOf(context, ground);
  const tools = { primitives, clock: systemClock };
  const logged = new LoggedUses({ ...signatory, ...tools, keys, log: store.uses, newStrandId });
  const connect = async (): Promise<Rpc> => (await ground.chain.reach()).rpc;
  const anchorer = await openUseAnchorer(context, connect, store.uses);
  measure(context, logged, anchorer);
  const isTraced = context.settings.telemetry.module !== null;
  const recorder = measuredUses(context, isTraced ? tracedUses(logged) : logged);
  return {
    recorder,
    desk: new UsesDesk({
      ...{ ...signatory, ...tools, keys, log: store.uses, clients: store.clients },
      maxLedgerAge: context.settings.chain.maxAgeSeconds,
      recorder,
      view: () => ground.ledger.view,
    }),
    close: () => anchorer?.close() ?? Promise.resolve(),
  };
}

function newStrandId(): string {
  return toHex(systemRandomness(STRAND_ID_BYTES));
}

/** Before any chain was met its number may be unknown: 0 stands for that. */
function signatoryOf(
  { settings }: ServiceContext,
  { chain, keys, ledger }: UseLogGround,
): Signatory {
  const { directory } = chain;
  const place = {
    directory,
    get chainId() {
      return ledger.view?.state.identity.chainId ?? chain.chainId ?? 0;
    },
  };
  return { keys, publicHost: settings.publicHost, ledger: place };
}

/** An instance that was started without the others' key would keep uses that nobody could find. */
async function requireSameKey(
  { uses }: Pick<ServiceStore, "uses">,
  keys: ServiceKeys,
): Promise<void> {
  const fingerprint = keys.pseudonym("use log key", new Uint8Array());
  if (await uses.isOfKey(fingerprint)) return;
  throw new Problem("SERVICE_KEY_OTHER", "keys/service.key");
}

function measure(
  { metrics }: ServiceContext,
  logged: LoggedUses,
  anchorer: UseAnchorer | null,
): void {
  const length = { name: "lz_use_strand_lines", help: "Lines of this process's strand of uses." };
  metrics.gauge(length, () => logged.length);
  const anchored = {
    name: "lz_use_anchored_timestamp_seconds",
    help: "When this instance anchored the log of uses last.",
  };
  metrics.gauge(anchored, () => anchorer?.anchoredAt ?? null, "max");
}
