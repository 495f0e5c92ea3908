/**
 * A verification service with its pages, in this process, and certificates that it knows: real parts over a
 * ledger that is told as a story. Its clock is this machine's, as the browser's is.
 */
import { createServer } from "node:http";
import { once } from "node:events";
import { readPages } from "../../../../src/adapters/pages/read-pages.ts";
import { loadPrimitives } from "../../../../src/adapters/hashing/primitives.ts";
import { LoggedUses } from "../../../../src/app/uses/logged-uses.ts";
import { TrustPacks } from "../../../../src/app/trust-pack.ts";
import { ServiceItems } from "../../../../src/core/service-items/service-item.ts";
import type { ServiceStore } from "../../../../src/ports/service-store.ts";
import type { TypeCode } from "../../../../src/core/identifiers/type-code.ts";
import type { LedgerView } from "../../../../src/core/verify/case.ts";
import { createHttpApp } from "../../../../src/http/http-app.ts";
import type { Fault, HttpService } from "../../../../src/http/http-service.ts";
import type { Pages } from "../../../../src/http/pages/page-file.ts";
import { SERVER_OPTIONS, configureServer } from "../../../../src/http/server-limits.ts";
import { accessOf } from "../../../support/access.ts";
import { ClaimDefinitions } from "../../../../src/core/service-items/tell-claims.ts";
import {
  DEFINITIONS,
  ITEM,
  SERVICE_KEYS,
  counterOf,
  deskOver,
} from "../../../support/counter-desk.ts";
import { MARRIAGE } from "../../../support/ledger-story.ts";
import { freePorts } from "../../../support/free-ports.ts";
import { SIGNER, serviceOver } from "../../../support/http-app.ts";
import { openServiceAt } from "../../../support/service-stores.ts";
import { LEDGER, usesDeskOver } from "../../../support/uses.ts";
import { usualCase } from "../../../support/usual-case.ts";
import type { UsualCase } from "../../../support/usual-case.ts";
import { builtPages } from "./built-pages.ts";

export interface PagesWorld extends UsualCase {
  /** http://localhost:PORT: a secure context, with WebAuthn. A counter calls it with `Authorization: Bearer counter`. */
  readonly url: string;
  /** What the service would tell its operator. */
  readonly faults: readonly Fault[];
  /** Since when the chain can't be reached, in seconds: the view grows that old. 0: it is reached. */
  chainSilentFor(seconds: number): void;
  /** So many seconds go by on the service's clock at once. */
  passTime(seconds: number): void;
  /** The network is unplugged: every connection breaks off, until it is plugged in again. */
  unplug(): void;
  plugIn(): void;
  /** Its operator changes the settings of the pages, and starts it anew. */
  change(changes: Partial<Pages>): void;
  close(): Promise<void>;
}

/** The usual certificate's claims as a person reads them. */
const CLAIM_NAMES: Readonly<Record<string, string>> = {
  holderName: "持证人",
  birthDate: "出生日期",
  registryNumber: "登记号",
  children: "子女",
};

const NAMED = new ClaimDefinitions([
  {
    code: MARRIAGE as TypeCode,
    version: 1,
    claims: [...DEFINITIONS.latest(MARRIAGE).values()].map((claim) => {
      return { ...claim, zh: CLAIM_NAMES[claim.name] ?? claim.zh };
    }),
  },
]);

const HELP = { name: "12345 政务服务便民热线", phone: "12345" };

/** @param changes what the pages are told otherwise: agencies' endpoints, help */
export async function openPagesWorld(changes: Partial<Pages> = {}): Promise<PagesWorld> {
  const usual = usualCase(await loadPrimitives());
  const [port = 0] = await freePorts(1);
  const host = `localhost:${String(port)}`;
  const files = await readPages(builtPages());
  const faults: Fault[] = [];
  let [silence, passed, isPlugged] = [0, 0, true];
  const now = (): number => Math.floor(Date.now() / 1000) + passed;
  const view = (): LedgerView => usual.story.view(now() - silence);
  const log = await openServiceAt(":memory:");
  const service = serviceWith(usual, log.store, { host, view, now });
  const report = (fault: Fault): unknown => faults.push(fault);
  let pages: Pages = { files, endpoints: [], help: HELP, host, ...changes };
  let answer = createHttpApp({ ...service, pages, report }).callback();
  const server = createServer(SERVER_OPTIONS, (request, response) => {
    if (isPlugged) void answer(request, response);
    else request.socket.destroy();
  });
  configureServer(server);
  await once(server.listen(port, "127.0.0.1"), "listening");
  return {
    ...{ ...usual, url: `http://${host}`, faults },
    chainSilentFor: (seconds) => (silence = seconds),
    passTime: (seconds) => (passed += seconds),
    unplug: () => {
      isPlugged = false;
      server.closeAllConnections();
    },
    plugIn: () => (isPlugged = true),
    change: (newer) => {
      pages = { ...pages, ...newer };
      answer = createHttpApp({ ...service, pages, report }).callback();
    },
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await log.store.close();
    },
  };
}

interface Circumstances {
  readonly host: string;
  readonly view: () => LedgerView;
  readonly now: () => number;
}

function serviceWith(
  { primitives }: UsualCase,
  { uses: log }: ServiceStore,
  { host: publicHost, view, now }: Circumstances,
): HttpService {
  const clock = { now };
  const items = new ServiceItems([ITEM]);
  const keys = SERVICE_KEYS;
  const uses = new LoggedUses({
    ...{ log, primitives, keys, publicHost, clock, ledger: LEDGER },
    newStrandId: () => "3f6a0c21b9d4",
  });
  const desk = deskOver(primitives, null, {
    ...{ clock, view, items, publicHost, uses },
    definitions: NAMED,
  });
  const counter = counterOf();
  return serviceOver(primitives, null, {
    ...{ desk, view, now, access: accessOf({ counter }) },
    uses: usesDeskOver(desk, {
      ...{ log, recorder: uses },
      clients: { read: async () => ({ revision: 1, clients: [counter], credentials: [] }) },
    }),
    packs: new TrustPacks({ primitives, clock, keys: SIGNER }),
    isReady: () => now() - view().asOf <= desk.maxLedgerAge,
  });
}
