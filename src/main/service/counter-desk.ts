/** The desk of a verification service: what it serves counters and wallets with. */
import { spanned } from "../../adapters/telemetry/spans.ts";
import { referencePeers } from "../../adapters/peers/reference-peers.ts";
import type { CounterDesk } from "../../app/counter/counter-desk.ts";
import type { UseRecorder } from "../../app/uses/use-recorder.ts";
import { ClaimDefinitions } from "../../core/service-items/tell-claims.ts";
import type { ServiceKeys } from "../../ports/service-keys.ts";
import type { ServiceStore } from "../../ports/service-store.ts";
import { loadCatalogue } from "../catalogue.ts";
import type { LedgerPart } from "./ledger-part.ts";
import { tracedReplays } from "./measured-uses.ts";
import { loadServiceItems } from "./service-items.ts";
import type { ServiceContext, ServicePart } from "./service-part.ts";
import { primitives, systemClock, systemRandomness } from "../system.ts";

/** What the desk stands on. */
export interface DeskGround {
  readonly ledger: Pick<LedgerPart, "view">;
  readonly store: Pick<ServiceStore, "replays" | "requests" | "held">;
  readonly keys: Pick<ServiceKeys, "seal" | "open">;
  readonly uses: UseRecorder;
  readonly onVerdict: NonNullable<CounterDesk["onVerdict"]>;
}

export interface CounterDeskPart extends ServicePart {
  readonly desk: CounterDesk;
}

/** @throws Problem FILE_NOT_FOUND, SERVICE_ITEMS_INVALID, CATALOGUE_INVALID */
export async function openCounterDesk(
  { settings }: ServiceContext,
  { ledger, store, keys, uses, onVerdict }: DeskGround,
): Promise<CounterDeskPart> {
  const types = await loadCatalogue();
  let items = await loadServiceItems(settings.serviceItems, types);
  let peers = referencePeers(new Map(Object.entries(settings.peers)));
  const { requests, held } = store;
  const isTraced = settings.telemetry.module !== null;
  const replays = isTraced ? tracedReplays(store.replays) : store.replays;
  const desk: CounterDesk = {
    ...{ primitives, clock: systemClock, randomness: systemRandomness, replays, requests, held },
    ...{ keys, uses, onVerdict, publicHost: settings.publicHost },
    ...(isTraced && { around: spanned }),
    maxLedgerAge: settings.chain.maxAgeSeconds,
    view: () => ledger.view,
    definitions: new ClaimDefinitions(types),
    get items() {
      return items;
    },
    get peers() {
      return peers;
    },
  };
  return {
    desk,
    prepare: async (changed) => {
      const read = await loadServiceItems(changed.serviceItems, types);
      return () => {
        items = read;
        peers = referencePeers(new Map(Object.entries(changed.peers)));
      };
    },
  };
}
