import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { toHex } from "../../src/core/encoding/bytes.ts";
import { BATCH_PREFIX, openJudgingStore } from "../../src/web/judging/judging-store.ts";
import { openVaultDatabase } from "../../src/web/vault/vault-database.ts";
import { certificateRefOf, claimsOf, isSensitive, titleOf } from "../../src/web/vault/holding.ts";
import type { Held, NewHolding } from "../../src/web/vault/held.ts";
import { Vault } from "../../src/web/vault/vault.ts";
import { WalletFault } from "../../src/web/vault/wallet-fault.ts";
import { issueBatch } from "../support/certificate-batch.ts";
import { operationType } from "../support/good-rows.ts";
import { bindingFor, proofOf } from "../support/present.ts";
import { seededKey } from "../support/seeded.ts";
import { NOW } from "../support/ledger-story.ts";

const PIN = "582046";
const OTHER_PIN = "930517";
const WRONG = "111213";
const ITERATIONS = 1_000;

const primitives = await loadPrimitives();
const definition = await operationType();
const batch = issueBatch(primitives);
const [first, second, third] = batch.certificates as [
  (typeof batch.certificates)[0],
  (typeof batch.certificates)[0],
  (typeof batch.certificates)[0],
];

let now = 0;
let count = 0;
let vault: Vault;

function vaultNamed(name: string): Vault {
  const limits = { idleMs: 300_000, shownMs: 900_000, hiddenMs: 60_000 };
  return new Vault({ name, now: () => now, iterations: ITERATIONS, limits });
}

const own = (certificate = first, changes: Partial<NewHolding> = {}): NewHolding => ({
  ...{ holding: { kind: "own", certificate }, binding: null, definition: null, template: null },
  ...{ agencyUrl: "https://wallet.example.gov.cn", ...changes },
});

async function code(doing: Promise<unknown>): Promise<string> {
  const reason: unknown = await doing.then(
    () => "done",
    (error: unknown) => error,
  );
  return reason instanceof WalletFault ? `${reason.code} ${reason.detail}`.trim() : String(reason);
}

beforeEach(async () => {
  now = 1_800_000_000;
  vault = vaultNamed(`vault-${String(count++)}`);
  await vault.look();
});

afterEach(() => vault.close());

async function made(isWipedAfterTen = false): Promise<void> {
  await vault.make(PIN, { isWipedAfterTen });
}

async function claimed(certificate = first): Promise<string> {
  const { id } = await vault.awaitedKey(
    toHex(certificate.batch.root) + String(certificate.batch.index),
  );
  return vault.add(own(certificate), id);
}

describe("A new vault", () => {
  test("is none until a PIN is chosen, and open then", async () => {
    expect(vault.state.phase).toBe("none");
    await made();
    expect(vault.state.phase).toBe("open");
    expect(await vault.list()).toEqual([]);
  });

  test.each(["12345", "1234567", "12345a", ""])(
    "takes no PIN but six digits: '%s'",
    async (pin) => {
      expect(await code(vault.make(pin, { isWipedAfterTen: false }))).toBe("PIN_MALFORMED");
    },
  );

  test.each(["000000", "123456", "654321", "121212", "123123", "112233"])(
    "takes no PIN that anyone tries first: %s",
    async (pin) => {
      expect(await code(vault.make(pin, { isWipedAfterTen: false }))).toBe("PIN_EASY");
    },
  );

  test("is not made over one that is there", async () => {
    await made();
    expect(await code(made())).toBe("VAULT_THERE_ALREADY");
  });
});

describe("Unlocking", () => {
  test("a locked vault tells nothing and signs nothing", async () => {
    await made();
    const id = await claimed();
    vault.lock();
    expect(vault.state.phase).toBe("locked");
    const calls = [
      vault.list(),
      vault.held(id),
      vault.sign(id, first.holder),
      vault.awaitedKey("x"),
    ];
    for (const call of calls) expect(await code(call)).toBe("VAULT_LOCKED");
  });

  test("the PIN opens it again, also after the page was closed", async () => {
    await made();
    const id = await claimed();
    const again = vaultNamed(`vault-${String(count - 1)}`);
    expect((await again.look()).phase).toBe("locked");
    await again.openByPin(PIN);
    expect((await again.list()).map((held) => held.id)).toEqual([id]);
    await again.close();
  });

  test("a wrong PIN says how many were wrong, and the right one forgives them", async () => {
    await made();
    vault.lock();
    expect(await code(vault.openByPin(WRONG))).toBe("PIN_WRONG 1");
    expect(await code(vault.openByPin(WRONG))).toBe("PIN_WRONG 2");
    expect(await code(vault.openByPin("12"))).toBe("PIN_MALFORMED");
    await vault.openByPin(PIN);
    expect(vault.state.lock?.failures).toBe(0);
  });

  test("after the fifth wrong one each waits longer, and the right PIN waits too", async () => {
    await made();
    vault.lock();
    for (let i = 0; i < 5; i++) expect(await code(vault.openByPin(WRONG))).toMatch("PIN_WRONG");
    const waits: number[] = [];
    for (let i = 0; i < 7; i++) {
      expect(await code(vault.openByPin(PIN))).toMatch("PIN_WAIT");
      waits.push(Number(vault.state.lock?.waitUntil) - now);
      now += waits.at(-1) as number;
      await code(vault.openByPin(WRONG));
    }
    expect(waits).toEqual([30, 60, 300, 900, 3600, 14_400, 14_400]);
  });

  test("the waiting outlives the page, and a clock that was put back makes it no longer", async () => {
    await made();
    vault.lock();
    for (let i = 0; i < 5; i++) await code(vault.openByPin(WRONG));
    now -= 365 * 86_400;
    const again = vaultNamed(`vault-${String(count - 1)}`);
    expect((await again.look()).lock?.waitUntil).toBe(now + 30);
    expect(await code(again.openByPin(PIN))).toBe(`PIN_WAIT ${String(now + 30)}`);
    now += 30;
    await again.openByPin(PIN);
    await again.close();
  });

  test("two tabs at once get no try for nothing", async () => {
    await made();
    vault.lock();
    for (let i = 0; i < 4; i++) await code(vault.openByPin(WRONG));
    const tabs = [vault, vaultNamed(`vault-${String(count - 1)}`)] as const;
    const told = await Promise.all(tabs.map((tab) => code(tab.openByPin(WRONG))));
    expect(told.sort()).toEqual([`PIN_WAIT ${String(now + 30)}`, "PIN_WRONG 5"]);
    await tabs[1].close();
  });

  test("ten wrong ones wipe everything where the person chose so, and nothing otherwise", async () => {
    for (const isWiped of [true, false]) {
      vault = vaultNamed(`wiped-${String(isWiped)}`);
      await made(isWiped);
      await claimed();
      vault.lock();
      let told = "";
      for (let i = 0; i < 10; i++) {
        now += 14_400;
        told = await code(vault.openByPin(WRONG));
      }
      expect(told).toBe(isWiped ? "VAULT_WIPED" : "PIN_WRONG 10");
      expect(vault.state.phase).toBe(isWiped ? "none" : "locked");
      const database = await openVaultDatabase(`wiped-${String(isWiped)}`);
      const left = [await database.count("keys"), await database.count("holdings")];
      expect(left).toEqual(isWiped ? [0, 0] : [1, 1]);
      database.close();
      await vault.close();
    }
  });

  test("a wallet that is wiped leaves no trust pack of a single batch, and a counter's stays", async () => {
    const { packs } = await openJudgingStore();
    const kept = { packs: [], keptAt: now };
    await packs.keepPacks(`${BATCH_PREFIX}11460200008230005W 0x00`, kept);
    await packs.keepPacks("region all type all", kept);
    await made();
    await vault.wipe();
    expect(await packs.packs(`${BATCH_PREFIX}11460200008230005W 0x00`)).toBeNull();
    expect(await packs.packs("region all type all")).toEqual(kept);
  });

  test("the PIN can be changed by whoever knows it, and the certificates stay", async () => {
    await made();
    await claimed();
    expect(await code(vault.changePin(WRONG, OTHER_PIN))).toBe("PIN_WRONG 1");
    expect(await code(vault.changePin(PIN, "000000"))).toBe("PIN_EASY");
    await vault.changePin(PIN, OTHER_PIN);
    vault.lock();
    expect(await code(vault.openByPin(PIN))).toBe("PIN_WRONG 1");
    await vault.openByPin(OTHER_PIN);
    expect(await vault.list()).toHaveLength(1);
  });
});

describe("What is held", () => {
  beforeEach(() => made());

  test("comes back as it was put in", async () => {
    const id = await claimed();
    const held = (await vault.held(id)) as Held;
    expect(held.holding).toEqual({ kind: "own", certificate: first });
    expect(held).toMatchObject({ id, agencyUrl: "https://wallet.example.gov.cn", addedAt: now });
    expect(held).toMatchObject({ usedAt: null, useCount: 0, status: null, bindingEnds: null });
    expect(await vault.held("none")).toBeNull();
  });

  test("is sealed: no claim's value and no root is in the records", async () => {
    await claimed();
    const database = await openVaultDatabase(`vault-${String(count - 1)}`);
    const [record] = await database.getAll("holdings");
    database.close();
    const bytes = Buffer.from((record as { sealed: { data: ArrayBuffer } }).sealed.data);
    for (const told of ["王小明", "birthDate", toHex(first.batch.root)]) {
      expect(bytes.includes(told)).toBe(false);
    }
  });

  test("what was changed in the records, or put in another's place, is not shown", async () => {
    const ids = [await claimed(first), await claimed(second)] as const;
    const database = await openVaultDatabase(`vault-${String(count - 1)}`);
    const other = await database.get("holdings", ids[1]);
    await database.put("holdings", { id: ids[0], sealed: other?.sealed as never });
    database.close();
    expect(await code(vault.held(ids[0]))).toBe(`HOLDING_DAMAGED ${ids[0]}`);
    expect((await vault.list()).map(({ id }) => id)).toEqual([ids[1]]);
    expect(vault.state.damaged).toBe(1);
  });

  test("each has a key of its own, which signs and can't be exported", async () => {
    const ids = [await claimed(first), await claimed(second)] as const;
    const [one, other] = await Promise.all(ids.map((id) => vault.held(id)));
    expect(one?.holderKey).not.toEqual(other?.holderKey);
    const message = new TextEncoder().encode("shown");
    const signature = await vault.sign(ids[0], message);
    const [key, wrongKey] = [one?.holderKey, other?.holderKey];
    expect(key && primitives.verifyEs256(key, message, signature)).toBe(true);
    expect(wrongKey && primitives.verifyEs256(wrongKey, message, signature)).toBe(false);
    const database = await openVaultDatabase(`vault-${String(count - 1)}`);
    for (const { privateKey } of await database.getAll("keys")) {
      expect(privateKey.extractable).toBe(false);
    }
    database.close();
  });

  test("a claim whose answer was lost is made with the same key again", async () => {
    const lost = await vault.awaitedKey("code 1");
    expect(await vault.awaitedKey("code 1")).toEqual(lost);
    expect((await vault.awaitedKey("code 2")).id).not.toBe(lost.id);
    await vault.add(own(), lost.id);
    expect((await vault.awaitedKey("code 1")).id).not.toBe(lost.id);
  });

  test("stands in the order of use", async () => {
    const ids: string[] = [];
    for (const certificate of [first, second, third]) {
      now += 60;
      ids.push(await claimed(certificate));
    }
    now += 60;
    await vault.noteUse(ids[1] as string);
    expect((await vault.list()).map(({ id }) => id)).toEqual([ids[1], ids[2], ids[0]]);
    expect((await vault.held(ids[1] as string))?.useCount).toBe(1);
    expect(await code(vault.noteUse("none"))).toBe("HOLDING_UNKNOWN none");
  });

  test("keeps a renewed binding and the status that was last known", async () => {
    const id = await claimed();
    const binding = bindingFor(first, seededKey("holder"), seededKey("agency"));
    await vault.keepBinding(id, binding);
    const status = {
      name: "REVOKED",
      words: { zh: "吊销", en: "revoked" },
      holds: false,
      asOf: now,
    };
    await vault.keepStatus(id, status);
    const held = await vault.held(id);
    expect(held).toMatchObject({ binding, status });
    expect(Number(held?.bindingEnds)).toBeGreaterThan(NOW);
  });

  test("an imported file is held once, has no key, and gives way to the same certificate with one", async () => {
    const id = await vault.add(own(), null);
    expect((await vault.held(id))?.holderKey).toBeNull();
    expect(await code(vault.sign(id, first.holder))).toBe(`NO_HOLDER_KEY ${id}`);
    expect(await code(vault.add(own(), null))).toBe(`HOLDING_THERE_ALREADY ${id}`);
    const withKey = await claimed();
    expect((await vault.list()).map((held) => held.id)).toEqual([withKey]);
    expect(await code(vault.add(own(), null))).toBe(`HOLDING_THERE_ALREADY ${withKey}`);
  });

  test("is gone with its key once it is deleted", async () => {
    const id = await claimed();
    const changes = vault.state.changes;
    await vault.remove(id);
    expect(await vault.list()).toEqual([]);
    expect(await code(vault.sign(id, first.holder))).toBe(`NO_HOLDER_KEY ${id}`);
    expect(vault.state.changes).toBeGreaterThan(changes);
  });

  test("may be somebody else's: what was granted of it, until when, and for what", async () => {
    const proof = proofOf(primitives, first, ["holderName"]);
    const grant = {
      delegate: "李明",
      reason: "relative",
      matters: ["SX-1"],
      grantor: null,
    } as const;
    const delegated = { ...grant, id: "ab".repeat(16), proof, claims: ["holderName"], until: now };
    const [key, agency] = [seededKey("delegate"), seededKey("agency")];
    const binding = bindingFor(first, key, agency, { grant });
    const { id: keyId } = await vault.awaitedKey("delegated");
    const holding = { kind: "delegated", delegated } as const;
    const id = await vault.add(own(first, { holding, binding, definition }), keyId);
    const held = (await vault.held(id)) as Held;
    expect(held.holding).toEqual(holding);
    expect(claimsOf(held).map(({ name }) => name)).toEqual(["holderName"]);
    expect(certificateRefOf(held)).toMatchObject({ agency: first.agency, index: 0 });
    expect(titleOf(held)).toEqual(definition.names);
    await claimed();
    expect(await vault.list()).toHaveLength(2);
  });

  test("of a type that is not known, every claim is sensitive", async () => {
    const held = { definition: null };
    expect(isSensitive(held, "holderName")).toBe(true);
    const known = definition.claims.find(({ sensitivity }) => sensitivity === "public");
    expect(isSensitive({ definition }, known?.name ?? "")).toBe(false);
  });
});

describe("The vault locks itself", () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ["setImmediate", "queueMicrotask", "nextTick"] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test("after five minutes in which nobody touched the page", async () => {
    await made();
    jest.advanceTimersByTime(240_000);
    vault.touch();
    jest.advanceTimersByTime(295_000);
    expect(vault.state.phase).toBe("open");
    jest.advanceTimersByTime(5_000);
    expect(vault.state.phase).toBe("locked");
  });

  test("while a code is shown after fifteen, so that a phone that was left behind shows no more", async () => {
    await made();
    vault.stayOpen();
    jest.advanceTimersByTime(895_000);
    vault.touch();
    jest.advanceTimersByTime(895_000);
    expect(vault.state.phase).toBe("open");
    jest.advanceTimersByTime(10_000);
    expect(vault.state.phase).toBe("locked");
  });

  test("not while a code is shown, and five minutes after that", async () => {
    await made();
    const end = vault.stayOpen();
    jest.advanceTimersByTime(600_000);
    expect(vault.state.phase).toBe("open");
    end();
    end();
    jest.advanceTimersByTime(305_000);
    expect(vault.state.phase).toBe("locked");
  });

  test("after a minute out of sight, even while a code was shown", async () => {
    await made();
    vault.stayOpen();
    vault.idle.setHidden(true);
    jest.advanceTimersByTime(30_000);
    vault.idle.setHidden(false);
    expect(vault.state.phase).toBe("open");
    vault.idle.setHidden(true);
    jest.setSystemTime(Date.now() + 61_000);
    vault.idle.setHidden(false);
    expect(vault.state.phase).toBe("locked");
  });
});
