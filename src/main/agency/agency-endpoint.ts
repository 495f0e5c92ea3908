/** Puts an agency's endpoint for wallets together from its parts. */
import { join } from "node:path";
import { encryptDelivery } from "../../adapters/holding/encrypt-delivery.ts";
import { openAccess } from "../../app/access/open-access.ts";
import type { AgencyDesk } from "../../app/holding/agency-desk.ts";
import { requireTrusted } from "../../app/holding/sign-binding.ts";
import type { Settings } from "../../config.ts";
import { findAgency } from "../../core/ledger/agencies.ts";
import type { Agency } from "../../core/ledger/state.ts";
import { createAgencyApp } from "../../http/agency/agency-app.ts";
import type { AgencyService } from "../../http/agency/agency-service.ts";
import type { Metrics } from "../../ports/metrics.ts";
import type { ServiceLog } from "../../ports/service-log.ts";
import { checkedProxies } from "../service/access.ts";
import type { AgencySettings } from "../settings/agency-settings.ts";
import { openAgencyStore } from "../stores/agency-store.ts";
import { openTypes } from "./agency-types.ts";
import type { AwaitedChain } from "../chain/chain.ts";
import { Ending } from "../service/ending.ts";
import { listenWith } from "../service/http-listener.ts";
import { readSigningKey } from "../keys/keys.ts";
import type { SigningKey } from "../keys/keys.ts";
import { openLedger } from "../service/ledger-part.ts";
import type { LedgerPart } from "../service/ledger-part.ts";
import { serviceFigures } from "../service/service-metrics.ts";
import { ServiceParts } from "../service/service-part.ts";
import { tellOf } from "../service/service-telling.ts";
import { primitives, systemClock, systemRandomness } from "../system.ts";

const DAY = 86_400;
const HOUR = 3_600;

export interface AgencyContext {
  /** The agency's credit code. */
  readonly agency: string;
  readonly settings: AgencySettings;
  /** LZ_HOME and what else the environment says. */
  readonly surroundings: Settings;
  readonly log: ServiceLog;
  readonly metrics: Metrics;
  readonly version: string;
}

export interface AgencyEndpoint {
  readonly url: string;
  /** Lets what is under way come to its end, then closes what it has opened. */
  close(): Promise<void>;
}

export function documentKeyFile({ home }: Settings, agency: string): string {
  return join(home, "keys", `document-${agency}.key`);
}

/**
 * Answers from the start; until the chain was reached nothing is given out.
 * @throws Problem KEY_…, STORE_…, CATALOGUE_INVALID, CONFIGURATION_INVALID, PORT_IN_USE, WRONG_CHAIN,
 * DIRECTORY_NOT_FOUND
 */
export async function startAgencyEndpoint(
  chain: AwaitedChain,
  context: AgencyContext,
): Promise<AgencyEndpoint> {
  const parts = new ServiceParts();
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
  context: AgencyContext,
): Promise<AgencyEndpoint> {
  const { settings, surroundings, agency } = context;
  const keyFile = settings.keys.document ?? documentKeyFile(surroundings, agency);
  const documentKey = await readSigningKey(surroundings, keyFile);
  const typeOf = await openTypes(settings.catalogue);
  const store = parts.add(await openAgencyStore(surroundings));
  const ledger = parts.add(
    await openLedger(context, chain, (chainId) => ledgerFile(context, chain, chainId)),
  );
  parts.add({ unready: () => untrusted(ledger, agency, documentKey) });
  const ending = parts.add(new Ending(settings.listen));
  const desk = deskOf(context, { ledger, documentKey, typeOf, store });
  const service = serviceOf(context, desk, ledger, parts);
  const handle = createAgencyApp(service).callback();
  const listener = parts.add(await listenWith(handle, settings.listen, ending));
  if (settings.names.length === 0) desk.audiences[0] = new URL(listener.url).host;
  return {
    url: listener.url,
    close: async () => {
      await ending.drain();
      await parts.close();
    },
  };
}

/** With a key that no counter believes nothing can be bound. */
function untrusted(ledger: LedgerPart, agency: string, documentKey: SigningKey): string | null {
  try {
    if (ledger.view !== null) requireTrusted(ledger.view, agency, documentKey, systemClock.now());
    return null;
  } catch {
    return "the chain does not trust the document key";
  }
}

/** Of its own, so that a verifier can run beside it. */
function ledgerFile(
  { settings, surroundings }: AgencyContext,
  { directory }: AwaitedChain,
  chainId: number | null,
): string | null {
  if (settings.ledgerStore !== null || chainId === null) return settings.ledgerStore;
  return join(surroundings.home, `endpoint-${String(chainId)}-${directory}.sqlite`);
}

type Opened = Pick<AgencyDesk, "documentKey" | "typeOf" | "store"> & {
  readonly ledger: LedgerPart;
};
type OpenDesk = AgencyDesk & { readonly audiences: [string, ...string[]] };

function deskOf({ agency, settings }: AgencyContext, { ledger, ...opened }: Opened): OpenDesk {
  const { bindings, chain, names, listen } = settings;
  const [first = `${listen.host}:${String(listen.port)}`, ...others] = names;
  return {
    ...opened,
    agency,
    audiences: [first, ...others],
    primitives,
    clock: systemClock,
    random: systemRandomness,
    bindingSeconds: bindings.days * DAY,
    delegatedBindingSeconds: bindings.delegatedHours * HOUR,
    attempts: settings.access.claimsPerQuarterHour,
    maxLedgerAge: chain.maxAgeSeconds,
    view: () => ledger.view,
    encrypt: encryptDelivery,
  };
}

function serviceOf(
  context: AgencyContext,
  desk: AgencyDesk,
  ledger: LedgerPart,
  parts: ServiceParts,
): AgencyService {
  const { settings, version, metrics, agency } = context;
  const record = (): Agency | null => {
    return ledger.view === null ? null : findAgency(ledger.view.state, agency, Infinity);
  };
  return {
    desk,
    access: openAccess(settings.access, systemClock, checkedProxies(settings.trustedProxies)),
    agencyName: () => record()?.name ?? null,
    region: () => record()?.region ?? null,
    origins: settings.origins,
    view: () => ledger.view,
    repeat: (_call, work) =>
      Promise.resolve(work({ number: 1, begunAt: systemClock.now(), call: "" })),
    isReady: () => parts.unready().length === 0,
    status: () => ({ lastProblem: ledger.trouble, unready: parts.unready() }),
    now: () => systemClock.now(),
    version,
    ...tellOf(context, serviceFigures(metrics)),
  };
}
