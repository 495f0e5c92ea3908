/**
 * What a verification service is told when it starts: the file that `lz serve --config` names, under the
 * flags of the command, over the defaults of service-settings-schema.ts. All of it is checked before
 * anything is opened; nothing else is read from the file later.
 */
import { resolve } from "node:path";
import type { HelpLine, WalletEndpoint } from "../../http/pages/page-file.ts";
import type { AccessSettings } from "./access-settings.ts";
import { SETTINGS_SCHEMA } from "./service-settings-schema.ts";
import type { CheckedSettings } from "./settings-file.ts";
import { defaultsOf, readSettingsFile } from "./settings-file.ts";

/** A path in it is relative to the folder of the configuration file, or to where the command was started. */
export interface ServiceSettings {
  readonly listen: ListenSettings;
  readonly chain: ChainSettings;
  /** The file in which a process keeps what it read of the chain; null is the usual one in LZ_HOME. */
  readonly ledgerStore: string | null;
  /** A file, or `postgres://…`; null is service.sqlite in LZ_HOME. */
  readonly serviceStore: string | null;
  /** The name under which wallets and other services reach this one, such as verify.example.gov.cn. */
  readonly publicHost: string;
  /** Addresses or networks (CIDR) of the reverse proxies whose headers are believed. */
  readonly trustedProxies: readonly string[];
  readonly keys: KeySettings;
  /** A file of service items (事项); null for none. */
  readonly serviceItems: string | null;
  readonly access: AccessSettings;
  /** Other services whose reference tokens are followed: host → base address. */
  readonly peers: Readonly<Record<string, string>>;
  readonly pages: PageSettings;
  readonly useLog: UseLogSettings;
  readonly retention: RetentionSettings;
  readonly metrics: MetricsSettings;
  readonly logs: LogSettings;
  readonly telemetry: TelemetrySettings;
}

export interface ListenSettings {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Each follows the chain itself; they share the port. */
  readonly processes: number;
  /** Null for plain HTTP, behind a reverse proxy or for one machine alone. */
  readonly tls: TlsSettings | null;
  /** How long it goes on answering once it was asked to end and says that it isn't ready. */
  readonly drainSeconds: number;
  /** How long requests under way are waited for after that. */
  readonly closeSeconds: number;
}

/** Files in PEM. */
export interface TlsSettings {
  readonly certificate: string;
  readonly key: string;
  /** Whether clients are asked for a certificate, which access control knows by its fingerprint. */
  readonly clientCertificates: boolean;
}

export interface ChainSettings {
  /** JSON-RPC addresses; none: as `lz deploy` or LZ_RPC says. */
  readonly nodes: readonly string[];
  /** Null: as `lz deploy` or LZ_DIRECTORY says. */
  readonly directory: string | null;
  /** Null: as `lz deploy` says, otherwise 0. */
  readonly confirmations: number | null;
  /** The greatest age of the view of the chain; past it the verdict is 'can't tell'. */
  readonly maxAgeSeconds: number;
  readonly pollMilliseconds: number;
}

export interface KeySettings {
  /** The service's own keys; null is keys/service.key in LZ_HOME. */
  readonly service: string | null;
}

export interface PageSettings {
  /** Whether wallet, counter and the other pages are served. */
  readonly enabled: boolean;
  /** From where wallets may fetch certificates: agency, name and origin of each. */
  readonly endpoints: readonly WalletEndpoint[];
  /** Whom to call for help; null for nobody. */
  readonly help: HelpLine | null;
}

export interface UseLogSettings {
  /** Where heads are anchored; null is what `lz deploy` wrote in LZ_HOME. Without either they are not. */
  readonly contract: string | null;
  readonly anchorEveryMinutes: number;
  /** The key of the account that anchors; null is keys/use-log.key in LZ_HOME. */
  readonly anchorKey: string | null;
}

export interface RetentionSettings {
  /** How often what is past its time is erased. */
  readonly everyMinutes: number;
  /** How long uses and receipts are kept. */
  readonly useDays: number;
}

export interface MetricsSettings {
  /** Where /metrics is served; null for nowhere. Never the service's own port. */
  readonly port: number | null;
  readonly host: string;
  /** A file with the token that `Authorization: Bearer …` must carry; null for none. */
  readonly tokenFile: string | null;
}

export interface LogSettings {
  /** What is less than this is left out. */
  readonly level: "debug" | "info" | "warn" | "error";
  /** Null is the standard error stream. It is opened anew at SIGHUP. */
  readonly file: string | null;
}

export interface TelemetrySettings {
  /** A module that is imported at the start and registers an OpenTelemetry SDK; null traces nothing. */
  readonly module: string | null;
}

/** What the flags of the command say, over what the file says. */
export interface SettingFlags {
  readonly config?: string;
  readonly port?: number;
  readonly host?: string;
  readonly maxAge?: number;
  readonly poll?: number;
  readonly store?: string;
  readonly processes?: number;
}

/** @throws Problem CONFIGURATION_INVALID with every fault of the file */
export function readServiceSettings(flags: SettingFlags = {}): CheckedSettings<ServiceSettings> {
  const { config } = flags;
  const checked =
    config === undefined
      ? { settings: defaultsOf(SETTINGS_SCHEMA) as ServiceSettings, files: [] }
      : readSettingsFile<ServiceSettings>(SETTINGS_SCHEMA, resolve(config));
  return { ...checked, settings: withFlags(checked.settings, flags) };
}

/** What a flag says, over what the file says. */
export function withFlags<Told extends Pick<ServiceSettings, "listen" | "chain" | "ledgerStore">>(
  settings: Told,
  flags: SettingFlags,
): Told {
  const { listen, chain } = settings;
  const { port = listen.port, host = listen.host, processes = listen.processes } = flags;
  const { maxAge = chain.maxAgeSeconds, poll = chain.pollMilliseconds } = flags;
  return {
    ...settings,
    listen: { ...listen, port, host, processes },
    chain: { ...chain, maxAgeSeconds: maxAge, pollMilliseconds: poll },
    ledgerStore: flags.store ?? settings.ledgerStore,
  };
}

/** What a running service takes up when its settings are read again; all else waits for the next start. */
const TAKEN_UP = ["tls", "keys", "serviceItems", "access", "peers", "retention", "logs"];

/** @returns the members that differ and are not taken up: `listen.port`, `chain.nodes` … */
export function lastingDifferences(before: ServiceSettings, after: ServiceSettings): string[] {
  return differences(before, after, "").filter((name) => {
    return !name.split(".").some((step) => TAKEN_UP.includes(step));
  });
}

function differences(before: object, after: object, prefix: string): string[] {
  return Object.entries(before).flatMap(([name, value]) => {
    const other = (after as Readonly<Record<string, unknown>>)[name];
    const place = `${prefix}${name}`;
    const areSections = isSection(value) && isSection(other);
    if (areSections && prefix === "") return differences(value, other, `${place}.`);
    return JSON.stringify(value) === JSON.stringify(other) ? [] : [place];
  });
}

function isSection(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
