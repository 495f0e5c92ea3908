/** What an agency's endpoint is told when it starts: `lz serve --agency CODE --config FILE`. */
import { resolve } from "node:path";
import { Problem } from "../../core/problem.ts";
import { USUAL_ATTEMPTS } from "../../app/claim-codes.ts";
import type { OpenRules } from "../../app/access/open-access.ts";
import type {
  ChainSettings,
  ListenSettings,
  LogSettings,
  SettingFlags,
} from "./service-settings.ts";
import { withFlags } from "./service-settings.ts";
import {
  chain,
  closed,
  listenOn,
  logs,
  optionalFile,
  section,
  trustedProxies,
  writtenFile,
} from "./service-settings-schema.ts";
import type { CheckedSettings } from "./settings-file.ts";
import { defaultsOf, readSettingsFile } from "./settings-file.ts";

/** A path in it is relative to the folder of the configuration file. */
export interface AgencySettings {
  readonly listen: ListenSettings;
  readonly chain: ChainSettings;
  /** The file in which it keeps what it read of the chain; null is the usual one in LZ_HOME. */
  readonly ledgerStore: string | null;
  /** Hosts, with a port where there is one, under which wallets reach it; none: host and port it listens on. */
  readonly names: readonly string[];
  /** Of the wallets that may ask from a browser. */
  readonly origins: readonly string[];
  readonly trustedProxies: readonly string[];
  readonly keys: {
    /** The agency's document key; null is keys/document-CODE.key in LZ_HOME. */
    readonly document: string | null;
  };
  /** A folder of certificate types; null is the project's own. */
  readonly catalogue: string | null;
  readonly bindings: { readonly days: number; readonly delegatedHours: number };
  readonly access: OpenRules & {
    /** Claim codes that one address may try, whether it succeeds or not. */
    readonly claimsPerQuarterHour: number;
  };
  readonly logs: LogSettings;
}

const PORT = 8090;
const count = (most: number, usual: number): object => {
  return { type: "integer", minimum: 1, maximum: most, default: usual };
};
const texts = (pattern: string): object => {
  return { type: "array", maxItems: 16, items: { type: "string", pattern }, default: [] };
};

const AGENCY_SETTINGS_SCHEMA = closed({
  listen: listenOn(PORT),
  chain,
  ledgerStore: writtenFile,
  names: texts("^[a-z0-9.-]+(:\\d{1,5})?$"),
  origins: texts("^https?://[a-z0-9.-]+(:\\d{1,5})?$"),
  trustedProxies,
  keys: section({ document: optionalFile }),
  catalogue: writtenFile,
  bindings: section({ days: count(30, 7), delegatedHours: count(24, 24) }),
  access: section({
    anonymousPerMinute: count(1_000_000, 120),
    guessesPerMinute: count(1_000, 10),
    claimsPerQuarterHour: count(10_000, USUAL_ATTEMPTS),
  }),
  logs,
});

/** @throws Problem CONFIGURATION_INVALID with every fault of the file */
export function readAgencySettings(flags: SettingFlags): CheckedSettings<AgencySettings> {
  const { config } = flags;
  const checked =
    config === undefined
      ? { settings: defaultsOf(AGENCY_SETTINGS_SCHEMA) as AgencySettings, files: [] }
      : readSettingsFile<AgencySettings>(AGENCY_SETTINGS_SCHEMA, resolve(config));
  const settings = withFlags(checked.settings, flags);
  if (settings.listen.processes === 1) return { ...checked, settings };
  throw new Problem(
    "CONFIGURATION_INVALID",
    "listen.processes: an endpoint is one process; start several",
  );
}
