/** The form of the configuration file, with its defaults: each feature has its own section. */
import { ACCESS_SCHEMA } from "./access-settings.ts";

const seconds = { type: "integer", minimum: 0, maximum: 3_600 } as const;
const text = { type: "string", minLength: 1 } as const;
const orNull = { type: ["string", "null"], default: null } as const;
/** Relative to the configuration file; what the service reads there, it reads again when it has changed. */
const readFile = { ...text, file: "read" } as const;
export const optionalFile = { ...readFile, ...orNull } as const;
export const writtenFile = { ...text, ...orNull, file: "written" } as const;
const port = { type: "integer", minimum: 0, maximum: 65_535 } as const;

type Members = Readonly<Record<string, object>>;

/** A closed object. */
export function closed(properties: Members): object {
  return { type: "object", additionalProperties: false, properties };
}

/** A closed object, all of whose members have defaults. */
export function section(properties: Members): object {
  return { ...closed(properties), default: {} };
}

const tls = {
  type: ["object", "null"],
  default: null,
  additionalProperties: false,
  required: ["certificate", "key"],
  properties: {
    certificate: readFile,
    key: readFile,
    clientCertificates: { type: "boolean", default: false },
  },
};

/** @param usual the port where nothing is said */
export const listenOn = (usual: number): object =>
  section({
    host: { type: "string", minLength: 1, default: "127.0.0.1" },
    port: { ...port, default: usual },
    processes: { type: "integer", minimum: 1, maximum: 64, default: 1 },
    tls,
    drainSeconds: { ...seconds, default: 0 },
    closeSeconds: { ...seconds, minimum: 1, default: 10 },
  });

const contract = {
  type: ["string", "null"],
  pattern: "^0x[0-9a-fA-F]{40}$",
  default: null,
} as const;

export const chain = section({
  nodes: {
    type: "array",
    maxItems: 16,
    uniqueItems: true,
    items: { type: "string", pattern: "^https?://\\S+$" },
    default: [],
  },
  directory: contract,
  confirmations: { type: ["integer", "null"], minimum: 0, maximum: 10_000, default: null },
  maxAgeSeconds: { ...seconds, minimum: 1, default: 30 },
  pollMilliseconds: { type: "integer", minimum: 10, maximum: 600_000, default: 500 },
});

const useLog = section({
  contract,
  anchorEveryMinutes: { type: "integer", minimum: 1, maximum: 1_440, default: 60 },
  anchorKey: optionalFile,
});

const retention = section({
  everyMinutes: { type: "integer", minimum: 1, maximum: 1_440, default: 60 },
  useDays: { type: "integer", minimum: 1, maximum: 36_500, default: 1_095 },
});

const metrics = section({
  host: { type: "string", minLength: 1, default: "127.0.0.1" },
  port: { ...port, type: ["integer", "null"], default: null },
  tokenFile: optionalFile,
});

export const logs = section({
  level: { enum: ["debug", "info", "warn", "error"], default: "info" },
  file: writtenFile,
});

/** Plain HTTP only to this very machine. */
const PEER = "^(https://\\S+|http://(127\\.0\\.0\\.1|localhost|\\[::1\\])(:\\d+)?(/\\S*)?)$";

const peers = {
  type: "object",
  maxProperties: 1_000,
  propertyNames: { pattern: "^[a-z0-9.-]+(:\\d{1,5})?$" },
  additionalProperties: { type: "string", pattern: PEER },
  default: {},
};

const pages = section({
  /** Off where a province has pages of its own. */
  enabled: { type: "boolean", default: true },
  endpoints: {
    type: "array",
    maxItems: 1_000,
    default: [],
    items: {
      ...closed({
        agency: { type: "string", pattern: "^[0-9A-HJ-NPQRTUWXY]{18}$" },
        name: { ...text, maxLength: 200 },
        url: { type: "string", pattern: PEER },
      }),
      required: ["agency", "name", "url"],
    },
  },
  help: {
    ...closed({
      name: { ...text, maxLength: 100 },
      phone: { type: "string", pattern: "^[0-9+ -]{3,20}$" },
    }),
    type: ["object", "null"],
    required: ["name", "phone"],
    default: null,
  },
});

export const trustedProxies = {
  type: "array",
  maxItems: 100,
  items: { type: "string", pattern: "^[0-9A-Fa-f.:]+(/\\d{1,3})?$" },
  default: [],
};

export const SETTINGS_SCHEMA = closed({
  listen: listenOn(8080),
  chain,
  ledgerStore: writtenFile,
  serviceStore: writtenFile,
  publicHost: {
    type: "string",
    pattern: "^[A-Za-z0-9.-]+(:\\d{1,5})?$",
    default: "localhost",
  },
  trustedProxies,
  keys: section({ service: optionalFile }),
  serviceItems: optionalFile,
  access: ACCESS_SCHEMA,
  peers,
  pages,
  useLog,
  retention,
  metrics,
  logs,
  telemetry: section({ module: { ...text, ...orNull, file: "module" } }),
});
