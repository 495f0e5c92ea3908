/** Puts a verification service together from its parts: each is opened by one line here. */
import type { Access } from "../../app/access/access.ts";
import { repeatable } from "../../app/repeat-call.ts";
import { TrustPacks } from "../../app/trust-pack.ts";
import type { CounterDesk } from "../../app/counter/counter-desk.ts";
import type { Pages } from "../../http/pages/page-file.ts";
import type { HttpService } from "../../http/http-service.ts";
import type { AwaitedChain } from "../chain/chain.ts";
import type { UsesDesk } from "../../app/uses/uses-desk.ts";
import { openAccess } from "./access.ts";
import { openCounterDesk } from "./counter-desk.ts";
import { openPages } from "./pages.ts";
import { openListener } from "./http-listener.ts";
import { openLedger } from "./ledger-part.ts";
import type { LedgerPart } from "./ledger-part.ts";
import { Ending } from "./ending.ts";
import { serviceFigures } from "./service-metrics.ts";
import { openRetention } from "./retention-part.ts";
import { ServiceParts } from "./service-part.ts";
import type { ServiceContext, ServicePart } from "./service-part.ts";
import { tellOf } from "./service-telling.ts";
import { watchStore } from "./store-watch.ts";
import { ServiceKeyRing } from "./service-keys.ts";
import { openServiceStore, serviceStorePlace } from "../stores/stores.ts";
import type { ServiceStore } from "../../ports/service-store.ts";
import type { ServiceFigures } from "./service-metrics.ts";
import type { ServiceSettings } from "../settings/service-settings.ts";
import { primitives, systemClock } from "../system.ts";
import { openUseLog } from "./use-log.ts";
import { verifierStoreFile } from "../stores/verifier-store.ts";

export interface Verifier {
  readonly url: string;
  /** All of the new settings or none. @throws Problem, and everything stays as it was */
  reload(settings: ServiceSettings): Promise<void>;
  /**
   * Says that it isn't ready, goes on for as long as the settings say, then closes what it has opened.
   * Resolves within a few seconds after that, whatever the node does.
   */
  close(): Promise<void>;
}

/**
 * @param others parts of the process that the service doesn't stand on, such as its log
 * Answers from the start; until the chain was reached, what it answers is 'can't tell'.
 */
export async function startVerifier(
  chain: AwaitedChain,
  context: ServiceContext,
  others: readonly ServicePart[] = [],
): Promise<Verifier> {
  const parts = new ServiceParts();
  for (const part of others) parts.add(part);
  try {
    return await openParts(parts, chain, context);
  } catch (error) {
    await parts.close();
    throw error;
  }
}

async function openParts(
  parts: ServiceParts,
  chain: AwaitedChain,
  context: ServiceContext,
): Promise<Verifier> {
  const { settings, surroundings } = context;
  const ledger = parts.add(
    await openLedger(context, chain, (chainId) => ledgerFile(context, chain, chainId)),
  );
  const store = parts.add(await openStorePart(context));
  parts.add(await watchStore(context, store));
  parts.add(openRetention(context, store.retention, systemClock));
  const keys = parts.add(
    await ServiceKeyRing.open(surroundings, settings.keys.service ?? undefined),
  );
  const { access } = parts.add(await openAccess(context, store, keys));
  const figures = serviceFigures(context.metrics);
  const uses = parts.add(await openUseLog(context, { chain, ledger, store, keys }));
  const ground = { ledger, store, keys, uses: uses.recorder, onVerdict: figures.verdict };
  const { desk } = parts.add(await openCounterDesk(context, ground));
  const packs = new TrustPacks({ primitives, clock: systemClock, keys });
  const repeating = { calls: store.repeatedCalls, keys, clock: systemClock };
  const repeat: HttpService["repeat"] = (call, work) => repeatable(repeating, call, work);
  const pages = await openPages(settings);
  const service = serviceOf(context, {
    ...{ ledger, packs, repeat, access, desk, uses: uses.desk, parts, figures, pages },
  });
  const ending = parts.add(new Ending(settings.listen));
  const listener = parts.add(await openListener(service, settings.listen, ending));
  return {
    url: listener.url,
    reload: (changed) => parts.reload(changed),
    close: async () => {
      await ending.drain();
      await parts.close();
    },
  };
}

/** Each process of a service reads the chain into a file of its own. */
function ledgerFile(
  { settings, surroundings }: ServiceContext,
  { directory }: AwaitedChain,
  chainId: number | null,
): string | null {
  const usual = chainId === null ? null : verifierStoreFile(surroundings, { chainId, directory });
  const file = settings.ledgerStore ?? usual;
  if (file === null) return null;
  const number = surroundings.process ?? 1;
  return number === 1 || file === ":memory:" ? file : `${file}-${String(number)}`;
}

function openStorePart({ settings, surroundings }: ServiceContext): Promise<ServiceStore> {
  const place = settings.serviceStore ?? serviceStorePlace(surroundings);
  return openServiceStore({ place, clock: systemClock });
}

interface Opened {
  readonly ledger: LedgerPart;
  readonly packs: TrustPacks;
  readonly repeat: HttpService["repeat"];
  readonly access: Access;
  readonly desk: CounterDesk;
  readonly uses: UsesDesk;
  readonly parts: ServiceParts;
  readonly figures: ServiceFigures;
  readonly pages: Pages | null;
}

function serviceOf(
  context: ServiceContext,
  { ledger, packs, repeat, access, desk, uses, parts, figures, pages }: Opened,
): HttpService {
  const { version } = context;
  return {
    desk,
    access,
    uses,
    packs,
    repeat,
    view: () => ledger.view,
    statusEvents: (after, limit) => ledger.statusEvents(after, limit),
    isReady: () => parts.unready().length === 0,
    status: () => ({ lastProblem: ledger.trouble, unready: parts.unready() }),
    now: () => systemClock.now(),
    version,
    ...(pages !== null && { pages }),
    isTraced: context.settings.telemetry.module !== null,
    ...tellOf(context, figures),
  };
}
