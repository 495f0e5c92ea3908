/** One process that serves an agency's wallets, until it is asked to end. */
import { PrometheusMetrics } from "../../adapters/metrics/prometheus.ts";
import { JsonLog } from "../../adapters/telemetry/json-log.ts";
import type { Settings } from "../../config.ts";
import { untilAskedToEnd } from "../service/asked-to-end.ts";
import { startAgencyEndpoint } from "./agency-endpoint.ts";
import type { AgencySettings } from "../settings/agency-settings.ts";
import { awaitChain } from "../chain/chain.ts";
import type { ChainFlags } from "../chain/chain.ts";
import { chainFlagsOver } from "../service/serve-process.ts";
import type { Serving } from "../service/serve-process.ts";
import type { LogSettings } from "../settings/service-settings.ts";

export interface AgencyOrder {
  readonly agency: string;
  readonly surroundings: Settings;
  readonly settings: AgencySettings;
  readonly flags: ChainFlags;
  readonly version: string;
}

/** Resolves when it was asked to end, and has. @param onServing called once it answers */
export async function serveAgency(
  order: AgencyOrder,
  onServing: (serving: Serving) => void,
): Promise<void> {
  const asked = untilAskedToEnd();
  const { settings, surroundings, flags } = order;
  const log = new JsonLog(settings.logs);
  const hearing = reopenAtHangup(log, settings.logs);
  const chain = await awaitChain(surroundings, chainFlagsOver(flags, settings));
  try {
    const context = { ...order, log, metrics: new PrometheusMetrics() };
    const endpoint = await startAgencyEndpoint(chain, context);
    onServing({ url: endpoint.url, directory: chain.directory });
    log.write("info", "serving", { url: endpoint.url, agency: order.agency });
    await asked;
    log.write("info", "ending");
    await endpoint.close();
    log.write("info", "ended");
  } finally {
    hearing.close();
    chain.close();
    log.flush();
  }
}

/** For rotation: everything else waits for a restart. */
function reopenAtHangup(log: JsonLog, place: LogSettings): { close(): void } {
  const reopen = (): void => {
    try {
      log.reopen(place)();
      log.write("info", "log-reopened");
    } catch {
      log.write("error", "log-not-reopened");
    }
  };
  process.on("SIGHUP", reopen);
  return { close: () => void process.off("SIGHUP", reopen) };
}
