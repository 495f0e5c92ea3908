/** What the service that these pages are from says of itself; kept, so that help is at hand without a network too. */
import { shallowRef } from "vue";
import { callJson } from "./json-call.ts";

/** Whom to call for help. */
export interface HelpLine {
  readonly name: string;
  readonly phone: string;
}

/** An agency, and where wallets fetch certificates from it. */
export interface AgencyPlace {
  /** Its unified social credit code. */
  readonly agency: string;
  readonly name: string;
  /** The origin of its endpoint. */
  readonly url: string;
}

export interface PageSettings {
  /** The service's own name, which may be another than the address one came by. */
  readonly host: string;
  readonly endpoints: readonly AgencyPlace[];
  readonly help: HelpLine | null;
  readonly version: string;
}

const KEY = "liangzheng.service";

/** As the service said last; null until it was ever reached. */
export const knownSettings = shallowRef<PageSettings | null>(kept());

let asked: Promise<PageSettings> | null = null;

/**
 * Asks the service once; without a network, what it said before has to do.
 *
 * @throws ServiceUnreachable or ServiceProblem where it was never reached before either
 */
export function pageSettings(): Promise<PageSettings> {
  return (asked ??= ask());
}

async function ask(): Promise<PageSettings> {
  try {
    const said = await callJson<PageSettings>("/v1/pages");
    keep(said);
    return (knownSettings.value = said);
  } catch (error) {
    // Asked again the next time.
    asked = null;
    if (knownSettings.value === null) throw error;
    return knownSettings.value;
  }
}

function keep(said: PageSettings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(said));
  } catch {
    // Full, or forbidden: it is asked for again the next time.
  }
}

function kept(): PageSettings | null {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "null") as PageSettings | null;
  } catch {
    return null;
  }
}
