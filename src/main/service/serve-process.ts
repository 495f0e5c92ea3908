/** One process that serves: opens what it needs, takes up changed settings, and ends when it is asked to. */
import { pathToFileURL } from "node:url";
import { tellFigures } from "../../adapters/metrics/aggregated.ts";
import { PrometheusMetrics } from "../../adapters/metrics/prometheus.ts";
import { JsonLog } from "../../adapters/telemetry/json-log.ts";
import type { Settings } from "../../config.ts";
import { Problem, toProblem } from "../../core/problem.ts";
import type { ServiceLog } from "../../ports/service-log.ts";
import { untilAskedToEnd } from "./asked-to-end.ts";
import { awaitChain } from "../chain/chain.ts";
import type { ChainFlags } from "../chain/chain.ts";
import { openMetricsListener } from "./metrics-listener.ts";
import { serviceKeyFile } from "./service-keys.ts";
import type { ServiceContext, ServicePart } from "./service-part.ts";
import { lastingDifferences } from "../settings/service-settings.ts";
import type { LogSettings, ServiceSettings } from "../settings/service-settings.ts";
import type { CheckedSettings } from "../settings/settings-file.ts";
import { watchSettings } from "../settings/settings-watch.ts";
import { startVerifier } from "./verifier.ts";
import type { Verifier } from "./verifier.ts";

export interface ServeOrder {
  readonly surroundings: Settings;
  readonly flags: ChainFlags;
  readonly version: string;
  /** Reads the settings; again when they may have changed. @throws Problem CONFIGURATION_INVALID */
  readonly read: () => CheckedSettings<ServiceSettings>;
}

/** What is said once it answers. */
export interface Serving {
  readonly url: string;
  readonly directory: string;
}

/** Resolves when it was asked to end, and has. @param onServing called once it answers */
export async function serveProcess(
  order: ServeOrder,
  onServing: (serving: Serving) => void,
): Promise<void> {
  const asked = untilAskedToEnd();
  const { settings } = order.read();
  const log = openLog(settings.logs, order.surroundings.process);
  await loadTelemetry(settings.telemetry.module);
  const context = { ...order, settings, log, metrics: new PrometheusMetrics() };
  const chain = await awaitChain(order.surroundings, chainFlagsOver(order.flags, settings));
  try {
    const verifier = await startVerifier(chain, context, [logPart(log, settings.logs)]);
    const { directory } = chain;
    const serving = {
      verifier,
      announce: () => {
        onServing({ url: verifier.url, directory });
      },
    };
    await serveUntil(asked, order, context, serving);
  } finally {
    chain.close();
    log.flush();
  }
}

async function serveUntil(
  asked: Promise<void>,
  order: ServeOrder,
  context: ServiceContext & { readonly metrics: PrometheusMetrics },
  { verifier, announce }: { readonly verifier: Verifier; readonly announce: () => void },
): Promise<void> {
  const { log, settings } = context;
  const figures = await openFigures(context);
  const usual = [serviceKeyFile(order.surroundings)];
  const onChange = (read: ServeOrder["read"]): Promise<void> =>
    reload(verifier, settings, read, log);
  const watch = watchSettings(order.read, onChange, usual);
  announce();
  log.write("info", "serving", { url: verifier.url });
  await asked;
  log.write("info", "ending");
  watch.close();
  await verifier.close();
  await figures?.close();
  log.write("info", "ended");
}

/** Flags over the file; where both are silent, what `lz deploy` wrote or the environment says. */
export function chainFlagsOver(
  flags: ChainFlags,
  { chain }: Pick<ServiceSettings, "chain">,
): ChainFlags {
  const { nodes, directory, confirmations } = chain;
  const rpc = nodes.length === 0 ? undefined : nodes.join(",");
  return {
    rpc: flags.rpc ?? rpc,
    directory: flags.directory ?? directory ?? undefined,
    confirmations: confirmations ?? undefined,
  };
}

/** A process that is led by another hands its figures to it. */
function openFigures(
  context: ServiceContext & { readonly metrics: PrometheusMetrics },
): Promise<{ close(): Promise<void> } | null> {
  const isLed = context.surroundings.process !== null;
  if (isLed) {
    tellFigures(context.metrics.registry);
    return Promise.resolve(null);
  }
  return openMetricsListener(context.settings.metrics, () => context.metrics.text());
}

/** What is faulty changes nothing: the service goes on as it was, and the log says why. */
async function reload(
  verifier: Verifier,
  before: ServiceSettings,
  read: () => CheckedSettings<ServiceSettings>,
  log: ServiceLog,
): Promise<void> {
  try {
    const { settings } = read();
    await verifier.reload(settings);
    const waiting = lastingDifferences(before, settings).join(", ");
    log.write("info", "settings-taken-up", waiting === "" ? {} : { waitForRestart: waiting });
  } catch (error) {
    const { code, detail } = toProblem(error);
    log.write("error", "settings-refused", { code, detail });
  }
}

/** @throws Problem CONFIGURATION_INVALID where the file can't be written */
function openLog(place: LogSettings, number: number | null): JsonLog {
  return guarded(() => new JsonLog(place, number === null ? {} : { process: number }), place);
}

function logPart(log: JsonLog, place: LogSettings): ServicePart {
  return {
    prepare: ({ logs }) => Promise.resolve(guarded(() => log.reopen(logs), place)),
  };
}

function guarded<T>(open: () => T, { file }: LogSettings): T {
  try {
    return open();
  } catch (error) {
    throw new Problem("CONFIGURATION_INVALID", `logs.file: ${String(file)} can't be opened`, error);
  }
}

/** @throws Problem CONFIGURATION_INVALID */
async function loadTelemetry(module: string | null): Promise<void> {
  if (module === null) return;
  try {
    await import(module.startsWith("/") ? pathToFileURL(module).href : module);
  } catch (error) {
    throw new Problem(
      "CONFIGURATION_INVALID",
      `telemetry.module: ${module} can't be loaded`,
      error,
    );
  }
}
