/** Who may call the service: the part that keeps clients, counts and the issuer's keys at hand. */
import { isIP } from "node:net";
import { AccessControl } from "../../app/access/access-control.ts";
import type { AccessRules } from "../../app/access/access-control.ts";
import type { Access } from "../../app/access/access.ts";
import { toBase64Url } from "../../core/encoding/bytes.ts";
import { Problem, toProblem } from "../../core/problem.ts";
import type { ServiceKeys } from "../../ports/service-keys.ts";
import type { ServiceStore } from "../../ports/service-store.ts";
import type { AccessSettings } from "../settings/access-settings.ts";
import type { ServiceContext, ServicePart } from "./service-part.ts";
import type { ServiceSettings } from "../settings/service-settings.ts";
import { primitives, systemClock } from "../system.ts";

/** A client that was ended is refused everywhere within two seconds. */
const REFRESH_MS = 1_000;
const utf8 = new TextEncoder();

export interface AccessPart extends ServicePart {
  readonly access: Access;
}

/** Where the store is away at the start, nobody with a credential gets in until it is back. */
export async function openAccess(
  { settings, log }: Pick<ServiceContext, "settings" | "log">,
  { clients, callCounts }: Pick<ServiceStore, "clients" | "callCounts">,
  keys: Pick<ServiceKeys, "pseudonym">,
): Promise<AccessPart> {
  const tools = { clients, counts: callCounts, clock: systemClock, primitives };
  const trustedProxies = checkedProxies(settings.trustedProxies);
  const pseudonym = (address: string): string => {
    return toBase64Url(keys.pseudonym("access/address", utf8.encode(address)));
  };
  const control = new AccessControl(
    { ...tools, trustedProxies, pseudonym },
    await rulesOf(settings.access),
  );
  const refreshing = new Refreshing(control, (problem) => {
    log.write("error", "access-not-refreshed", { code: problem.code });
  });
  await refreshing.step();
  refreshing.start();
  return {
    access: control,
    unready: () => (control.isConfirmed ? null : "who may call is not known"),
    prepare: async (changed: ServiceSettings) => {
      const rules = await rulesOf(changed.access);
      return () => {
        control.follow(rules);
      };
    },
    close: () => refreshing.stop(),
  };
}

async function rulesOf({ oidc, ...rules }: AccessSettings): Promise<AccessRules> {
  if (oidc === null) return { ...rules, tokens: null };
  const { oidcTokens } = await import("../../adapters/access/oidc-tokens.ts");
  return { ...rules, tokens: oidcTokens(oidc, systemClock) };
}

/** @throws Problem CONFIGURATION_INVALID: an address that is none would silently be believed by nobody. */
export function checkedProxies(proxies: readonly string[]): readonly string[] {
  for (const proxy of proxies) {
    const [address = "", bits] = proxy.split("/");
    const most = isIP(address) === 6 ? 128 : 32;
    if (isIP(address) === 0 || Number(bits ?? 0) > most) {
      throw new Problem(
        "CONFIGURATION_INVALID",
        `trustedProxies: ${proxy} is no address or network`,
      );
    }
  }
  return proxies;
}

class Refreshing {
  readonly #control: AccessControl;
  readonly #tell: (problem: Problem) => void;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  #isTroubled = false;

  constructor(control: AccessControl, tell: (problem: Problem) => void) {
    this.#control = control;
    this.#tell = tell;
  }

  /** Says what goes wrong once, not every second. */
  async step(): Promise<void> {
    try {
      await this.#control.refresh();
      this.#isTroubled = false;
    } catch (error) {
      if (!this.#isTroubled) this.#tell(toProblem(error));
      this.#isTroubled = true;
    }
  }

  /** The next step begins a second after the last one ended: a slow store is not asked twice at once. */
  start(): void {
    this.#timer = setTimeout(() => {
      this.#running = this.step().then(() => {
        if (this.#timer !== null) this.start();
      });
    }, REFRESH_MS);
  }

  /** What was counted goes into the store. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer ?? undefined);
    this.#timer = null;
    await this.#running;
    await this.step();
  }
}
