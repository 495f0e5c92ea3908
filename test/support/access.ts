/** Who may call in tests: clients known by a word, and the real access control on a store. */
import { AccessControl } from "../../src/app/access/access-control.ts";
import type { AccessRules } from "../../src/app/access/access-control.ts";
import type { Access, Client, Role } from "../../src/app/access/access.ts";
import { addClientWithKey } from "../../src/app/access/manage-clients.ts";
import type { ManagingTools, NewClient } from "../../src/app/access/manage-clients.ts";
import { Problem } from "../../src/core/problem.ts";
import { primitives, systemRandomness } from "../../src/main/system.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { ServiceStore } from "../../src/ports/service-store.ts";

export function clientOf(role: Role, changes: Partial<Client> = {}): Client {
  return {
    id: "C-0TEST001",
    name: "三亚市政务服务中心3号窗口",
    role,
    region: "460200",
    agency: null,
    serviceItems: null,
    perMinute: 600,
    perDay: 100_000,
    createdAt: 1_767_225_600,
    endedAt: null,
    ...changes,
  };
}

/** @param clients by the word that is sent as `Authorization: Bearer WORD` */
export function accessOf(clients: Readonly<Record<string, Client>>): Access {
  return {
    trustedProxies: [],
    identify: ({ authorization, address }) => {
      if (authorization === null) return { client: null, address };
      const client = clients[authorization.replace("Bearer ", "")];
      if (client === undefined) throw new Problem("UNAUTHENTICATED", "no client of this test");
      return { client, address };
    },
    admit: () => ({ policy: "client", perMinute: 600, remaining: 599, resetSeconds: 60 }),
    charge: () => undefined,
  };
}

/** A clock that stands still until it is told to go on. */
export interface SteppedClock extends Clock {
  pass(seconds: number): void;
}

export function clockAt(start: number): SteppedClock {
  let now = start;
  return {
    now: () => now,
    pass: (seconds) => {
      now += seconds;
    },
  };
}

export interface AccessWorld {
  readonly control: AccessControl;
  readonly clock: SteppedClock;
  readonly tools: ManagingTools;
  readonly store: Pick<ServiceStore, "clients" | "callCounts">;
  /** @returns a new client with its key */
  readonly add: (client?: Partial<NewClient>) => Promise<{ client: Client; key: string }>;
}

/** The real access control on a store, as one of its instances. */
export async function accessOn(
  store: Pick<ServiceStore, "clients" | "callCounts">,
  { clock = clockAt(ACCESS_NOON), ...changes }: Partial<AccessRules & { clock: SteppedClock }> = {},
  trustedProxies: readonly string[] = [],
): Promise<AccessWorld> {
  const { clients, callCounts: counts } = store;
  const pseudonym = (address: string): string => `~${address}`;
  const control = new AccessControl(
    { clients, counts, clock, primitives, trustedProxies, pseudonym },
    { ...ACCESS_RULES, ...changes },
  );
  await control.refresh();
  const tools = { clients, clock, primitives, random: systemRandomness, by: "tester" };
  return {
    ...{ control, clock, tools, store },
    add: async (client = {}) => {
      let key = "";
      const { id: _id, createdAt: _at, endedAt: _end, ...usual } = clientOf("counter");
      const added = await addClientWithKey(tools, { ...usual, ...client }, (text) => {
        key = text;
        return Promise.resolve();
      });
      return { client: added, key };
    },
  };
}

/** 2026-11-22T12:00:00Z */
export const ACCESS_NOON = 1_795_348_800;

export const ACCESS_RULES: AccessRules = {
  anonymousPerMinute: 5,
  guessesPerMinute: 3,
  lockout: { failures: 4, minutes: 15 },
  tokens: null,
};
