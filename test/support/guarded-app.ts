/** The whole HTTP application behind the real access control: a client of each role, with its key. */
import type { Client, Role } from "../../src/app/access/access.ts";
import type { CounterDesk } from "../../src/app/counter/counter-desk.ts";
import { ServiceItems } from "../../src/core/service-items/service-item.ts";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import type { HttpService } from "../../src/http/http-service.ts";
import { ROLES } from "../../src/ports/clients.ts";
import type { AccessRules } from "../../src/app/access/access-control.ts";
import { ACCESS_NOON, accessOn, clockAt } from "./access.ts";
import type { AccessWorld } from "./access.ts";
import { ITEM, UsesInMemory, deskOver } from "./counter-desk.ts";
import { runHttpApp, serviceOver } from "./http-app.ts";
import type { Reply, RunningApp } from "./http-app.ts";
import { HANGZHOU, SANYA } from "./ledger-story.ts";
import { openServiceAt } from "./service-stores.ts";
import type { OpenedServiceStore } from "./service-stores.ts";
import { COUNTER, usualCase } from "./usual-case.ts";
import type { UsualCase } from "./usual-case.ts";

export interface KnownCaller {
  readonly client: Client;
  readonly key: string;
}

export interface GuardedApp extends RunningApp {
  readonly usual: UsualCase;
  readonly access: AccessWorld;
  readonly uses: UsesInMemory;
  readonly opened: OpenedServiceStore;
  readonly callers: Readonly<Record<Role, KnownCaller>>;
  /** A GET, or a POST where there is a body; as anyone where no key is given. */
  readonly ask: (path: string, key?: string | null, body?: unknown) => Promise<Reply>;
}

/** More than any test needs, where limits are not what it is about. */
const ROOMY = { anonymousPerMinute: 100_000, guessesPerMinute: 100_000 };

export interface GuardedOptions {
  readonly rules?: Partial<AccessRules>;
  readonly trustedProxies?: readonly string[];
  readonly desk?: Partial<CounterDesk>;
  readonly service?: Partial<HttpService>;
}

const primitives = await loadPrimitives();

export async function runGuardedApp(options: GuardedOptions = {}): Promise<GuardedApp> {
  const { rules = {}, trustedProxies = [] } = options;
  const usual = usualCase(primitives);
  const opened = await openServiceAt(":memory:");
  const clock = clockAt(ACCESS_NOON);
  const access = await accessOn(opened.store, { ...ROOMY, ...rules, clock }, trustedProxies);
  const callers = {} as Record<Role, KnownCaller>;
  for (const role of ROLES) callers[role] = await access.add(usualClient(role));
  await access.control.refresh();
  const view = usual.story.view();
  const kept = { requests: opened.store.requests, held: opened.store.held };
  const uses = new UsesInMemory();
  const desk = deskOver(primitives, view, {
    ...kept,
    uses,
    items: new ServiceItems([ITEM]),
    ...options.desk,
  });
  const service = serviceOver(primitives, view, {
    ...options.service,
    desk,
    access: access.control,
  });
  const app = await runHttpApp(service);
  return {
    ...app,
    ...{ usual, access, opened, callers, uses },
    ask: (path, key = null, body) => app.get(path, initOf(key, body)),
    stop: async () => {
      await app.stop();
      await opened.store.close();
    },
  };
}

function usualClient(role: Role): Partial<Client> {
  const name = role === "counter" ? COUNTER : `测试${role}`;
  const agency = role === "agency" ? SANYA.code : null;
  return { name, role, region: HANGZHOU.region, agency };
}

function initOf(key: string | null, body: unknown): RequestInit {
  return {
    headers: {
      ...(key !== null && { Authorization: `Bearer ${key}` }),
      ...(body !== undefined && { "Content-Type": "application/json" }),
    },
    ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
  };
}
