/** A desk that serves counters in tests: real parts over a view that stands still; the clock says NOW. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serviceKeys } from "../../src/adapters/keys/service-key.ts";
import type { Client } from "../../src/app/access/access.ts";
import type { CounterDesk } from "../../src/app/counter/counter-desk.ts";
import type { UseFacts, UseRecorder } from "../../src/app/uses/use-recorder.ts";
import type { ClaimDefinition } from "../../src/core/catalogue/certificate-type.ts";
import type { Primitives } from "../../src/core/hashing.ts";
import type { TypeCode } from "../../src/core/identifiers/type-code.ts";
import { ServiceItems } from "../../src/core/service-items/service-item.ts";
import type { ServiceItem } from "../../src/core/service-items/service-item.ts";
import { ClaimDefinitions } from "../../src/core/service-items/tell-claims.ts";
import type { LedgerView } from "../../src/core/verify/case.ts";
import { systemRandomness } from "../../src/main/system.ts";
import type { ReplayCache } from "../../src/ports/replay-cache.ts";
import type { ServiceStore } from "../../src/ports/service-store.ts";
import { clientOf } from "./access.ts";
import { HANGZHOU, MARRIAGE, NOW } from "./ledger-story.ts";
import { nobody } from "./passwords.ts";
import { openServiceAt } from "./service-stores.ts";
import { COUNTER } from "./usual-case.ts";

export const MAX_LEDGER_AGE = 60;
export const PUBLIC_HOST = "verify.example.gov.cn";
export const CAUSE = "办理婚姻登记信息查询";

function claim(
  name: string,
  sensitivity: ClaimDefinition["sensitivity"],
  mask: ClaimDefinition["mask"],
): ClaimDefinition {
  return { name, zh: name, en: name, sensitivity, mask };
}

/** What the catalogue says of the usual certificate; of `isFirst` it says nothing. */
export const DEFINITIONS = new ClaimDefinitions([
  {
    code: MARRIAGE as TypeCode,
    version: 1,
    claims: [
      claim("holderName", "personal", "name"),
      claim("birthDate", "personal", "all"),
      claim("registryNumber", "public", "none"),
      claim("住址", "sensitive", "address"),
      claim("children", "personal", "name"),
    ],
  },
]);

export const ITEM: ServiceItem = {
  code: "330100-MZ-001",
  names: { zh: "婚姻登记信息查询", en: "Marriage registration inquiry" },
  types: [
    {
      type: MARRIAGE,
      claims: ["holderName", "birthDate", "住址"],
      required: ["holderName"],
    },
  ],
  requiresHolder: false,
  causes: [CAUSE],
};

/** The counter in Hangzhou that the usual presentations are for. */
export function counterOf(changes: Partial<Client> = {}): Client {
  return clientOf("counter", { name: COUNTER, region: HANGZHOU.region, ...changes });
}

/** Remembers what it was told for as long as the test runs. */
function replaysInMemory(): ReplayCache {
  const seen = new Map<string, string | null>();
  return {
    isFirstUse: (key, _until, by) => {
      const isSame = by !== null && seen.get(key) === by;
      return Promise.resolve(isSame || (!seen.has(key) && seen.set(key, by).size > 0));
    },
  };
}

/** Keeps uses as they are handed in, for a test to look at. */
export class UsesInMemory implements UseRecorder {
  readonly kept: UseFacts[] = [];

  record(use: UseFacts) {
    const number = this.kept.push(use);
    const id = `R-${String(number)}`;
    return Promise.resolve({ id, strand: "5".repeat(32), number, hash: "9c".repeat(32) });
  }

  async recordSigned(use: UseFacts) {
    return { ...(await this.record(use)), receipt: "eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmVk" };
  }
}

/** Opened when it is first asked, since most tests never do. */
function storeWhenAsked(): () => Promise<ServiceStore> {
  let opened: Promise<ServiceStore> | null = null;
  return () => (opened ??= openServiceAt(":memory:").then(({ store }) => store));
}

function keptIn(store: () => Promise<ServiceStore>): Pick<CounterDesk, "requests" | "held"> {
  const requests = async () => (await store()).requests;
  const held = async () => (await store()).held;
  return {
    requests: {
      add: async (request) => (await requests()).add(request),
      find: async (id) => (await requests()).find(id),
      findByCode: async (code) => (await requests()).findByCode(code),
      answer: async (id, answer) => (await requests()).answer(id, answer),
      answerTo: async (id, now, by) => (await requests()).answerTo(id, now, by),
      spend: async (id, now, by) => (await requests()).spend(id, now, by),
    },
    held: {
      hold: async (key, sealed, expiresAt) => (await held()).hold(key, sealed, expiresAt),
      take: async (key, now, by) => (await held()).take(key, now, by),
    },
  };
}

/** A service's keys, in memory alone. */
export const SERVICE_KEYS = await newServiceKeys();

async function newServiceKeys() {
  const folder = mkdtempSync(join(tmpdir(), "lz-service-key-"));
  try {
    const file = join(folder, "service.key");
    return await serviceKeys({ file, passwords: nobody, isNewEncrypted: false });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function deskOver(
  primitives: Primitives,
  view: LedgerView | null,
  changes: Partial<CounterDesk> = {},
): CounterDesk {
  return {
    ...{ primitives, clock: { now: () => NOW }, maxLedgerAge: MAX_LEDGER_AGE },
    replays: replaysInMemory(),
    view: () => view,
    items: new ServiceItems([]),
    definitions: DEFINITIONS,
    uses: new UsesInMemory(),
    ...keptIn(storeWhenAsked()),
    peers: { knows: () => false, take: () => Promise.resolve(null) },
    keys: SERVICE_KEYS,
    randomness: systemRandomness,
    publicHost: PUBLIC_HOST,
    ...changes,
  };
}
