/** What the parts of a service are opened with, where a test opens them itself. */
import { PrometheusMetrics } from "../../src/adapters/metrics/prometheus.ts";
import { loadSettings } from "../../src/config.ts";
import type { ServiceContext } from "../../src/main/service/service-part.ts";
import { readServiceSettings } from "../../src/main/settings/service-settings.ts";
import type { ServiceSettings, SettingFlags } from "../../src/main/settings/service-settings.ts";
import type { ServiceLog } from "../../src/ports/service-log.ts";

const silent: ServiceLog = { write: () => undefined };

/** @param home stands for LZ_HOME; the service store is in memory */
export function serviceContext(
  home: string,
  flags: SettingFlags = {},
  log: ServiceLog = silent,
  changes: Partial<ServiceSettings> = {},
): ServiceContext & { readonly metrics: PrometheusMetrics } {
  const { settings } = readServiceSettings(flags);
  return {
    settings: { ...settings, serviceStore: ":memory:", ...changes },
    surroundings: loadSettings({ LZ_HOME: home }),
    log,
    metrics: new PrometheusMetrics(false),
    version: "0.0.0-test",
  };
}
