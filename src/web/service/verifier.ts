/** The verification service that this page came from, as a counter with its key asks it. */
import {
  ServiceProblem,
  ServiceUnreachable,
  VerifierClient,
} from "../../../clients/javascript/src/index.ts";
import { settings } from "../settings/settings.ts";

/** A clerk waits no longer: then this device judges. */
const CLERKS_PATIENCE_MS = 1_000;
const TIMEOUT_MS = 10_000;

export interface CounterService {
  /** Tried once, for a second. */
  readonly hasty: VerifierClient;
  /** Tried again where that can help. */
  readonly patient: VerifierClient;
}

export function counterService(key: string): CounterService {
  const usual = { servers: [location.origin], key, language: languageOfService() };
  return {
    hasty: new VerifierClient({ ...usual, timeoutMs: CLERKS_PATIENCE_MS, attempts: 1 }),
    patient: new VerifierClient({ ...usual, timeoutMs: TIMEOUT_MS }),
  };
}

function languageOfService(): "zh-CN" | "zh-HK" | "en" {
  const { language } = settings;
  return language === "en" || language === "zh-HK" ? language : "zh-CN";
}

const AWAY: ReadonlySet<string> = new Set([
  ...["NOT_READY", "STORE_BUSY", "STORE_UNREACHABLE", "IDENTITY_UNREACHABLE", "USE_NOT_KEPT"],
  "INTERNAL",
]);

/** Whether the service can't be asked now, so that this device judges in its place. */
export function isAway(error: unknown): boolean {
  if (error instanceof ServiceUnreachable) return true;
  return error instanceof ServiceProblem && AWAY.has(error.code);
}
