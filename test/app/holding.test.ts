/** What an agency's endpoint does for holders and for those whom they let show their certificates. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { AGAIN_SECONDS } from "../../src/app/holding/claim-certificate.ts";
import {
  DELEGATION_CODE_SECONDS,
  delegate,
  delegationState,
  listDelegations,
  withdrawDelegation,
} from "../../src/app/holding/delegations.ts";
import type { MadeDelegation } from "../../src/app/holding/delegations.ts";
import { renewBinding } from "../../src/app/holding/renew-binding.ts";
import type { DelegationOrder } from "../../src/core/holding/delegation-order.ts";
import type { DeliveredDelegation } from "../../src/core/holding/delivery.ts";
import { writeClaimCode } from "../../src/core/identifiers/claim-code.ts";
import { decodeBinding } from "../../src/core/presentation/binding.ts";
import { verify } from "../../src/core/verify/verify.ts";
import { primitives } from "../../src/main/system.ts";
import type { StoreKind, StorePlaces } from "../support/agency-stores.ts";
import { storePlaces } from "../support/agency-stores.ts";
import type { HoldingWorld } from "../support/holding-world.ts";
import { KEYED, keyedHolder, openHoldingWorld } from "../support/holding-world.ts";
import { DAY, NOW } from "../support/ledger-story.ts";
import { qrOf, signedWire } from "../support/present.ts";
import type { SigningKey } from "../support/seeded.ts";
import { seededKey } from "../support/seeded.ts";

const KINDS: readonly StoreKind[] = ["SQLite", "PostgreSQL"];
const MATTER = "460200-MZ-0101";
const problem = (code: string, detail = "") =>
  expect.objectContaining({ code, detail: expect.stringContaining(detail) });

describe.each(KINDS)("an agency's desk for wallets, its store in %s", (kind) => {
  let places: StorePlaces;
  let world: HoldingWorld;
  let phone: SigningKey;
  let relative: SigningKey;
  /** A certificate of its own for each test. */
  let index = KEYED;

  beforeAll(async () => {
    places = await storePlaces(kind);
    world = await openHoldingWorld(await places.newPlace());
  });
  afterAll(async () => {
    await world.opened.store.close();
    await places.end();
  });
  beforeEach(() => {
    index++;
    world.now = NOW;
    world.view = null;
    phone = seededKey(`phone ${String(index)}`);
    relative = seededKey(`relative's phone ${String(index)}`);
  });

  const own = async (): Promise<void> => {
    await world.claim(phone, await world.codeFor(index));
  };
  const renew = async (key: SigningKey) => {
    const wish = { kind: "binding", ...world.place(index) } as const;
    return renewBinding(world.desk, await world.sign(key, wish));
  };
  const letShow = async (changes: Partial<DelegationOrder> = {}): Promise<MadeDelegation> => {
    const wish = { kind: "delegation", order: world.order(index, changes) } as const;
    return delegate(world.desk, await world.sign(phone, wish));
  };
  const take = async ({ code }: MadeDelegation, key = relative): Promise<DeliveredDelegation> => {
    return (await world.claim(key, writeClaimCode(code))) as DeliveredDelegation;
  };
  const withdraw = async ({ id }: Pick<MadeDelegation, "id">, key = phone) => {
    return withdrawDelegation(world.desk, await world.sign(key, { kind: "withdrawal", id }));
  };
  const listed = async (key = phone) => {
    return listDelegations(world.desk, await world.sign(key, { kind: "delegations" }));
  };

  describe("asked for a certificate", () => {
    it("answers the same key again for ten minutes, and then no more", async () => {
      const code = await world.codeFor(index);
      await world.claim(phone, code);
      world.now = NOW + AGAIN_SECONDS;
      await expect(world.claim(phone, code)).resolves.toMatchObject({
        certificate: { batch: { index } },
      });
      await expect(world.claim(relative, code)).rejects.toEqual(problem("CLAIM_CODE_ENDED"));
      world.now += 1;
      await expect(world.claim(phone, code)).rejects.toEqual(problem("CLAIM_CODE_ENDED", "used"));
    });

    it("gives one whose leaf names a key to that key alone, without a binding", async () => {
      const code = await world.codeFor(KEYED);
      await expect(world.claim(phone, code)).rejects.toEqual(problem("HOLDER_KEY_OTHER"));
      expect(await world.claim(keyedHolder, code)).toMatchObject({ binding: null });
    });

    it("uses no code up for a signature of another code, or one that is no request", async () => {
      const code = await world.codeFor(index);
      const hash = new Uint8Array(32);
      const other = await world.sign(phone, { kind: "claim", code: hash, deliveryKey: hash });
      const invalid = problem("HOLDER_REQUEST_INVALID");
      await expect(world.claim(phone, code, { request: other })).rejects.toEqual(invalid);
      await expect(world.claim(phone, code, { request: hash })).rejects.toEqual(invalid);
      await expect(world.claim(phone, code)).resolves.toBeDefined();
    });

    it("uses no code up while the chain can't be read, or doesn't trust the document key", async () => {
      const code = await world.codeFor(index);
      world.view = () => null;
      await expect(world.claim(phone, code)).rejects.toEqual(problem("NOT_READY", "CHAIN_STALE"));
      world.view = () => world.story.view(NOW - 61);
      await expect(world.claim(phone, code)).rejects.toEqual(problem("NOT_READY"));
      world.view = null;
      const desk = { ...world.desk, documentKey: phone };
      await expect(world.claim(phone, code, { desk })).rejects.toEqual(
        problem("DOCUMENT_KEY_UNFIT"),
      );
      await expect(world.claim(phone, code)).resolves.toBeDefined();
    });

    it("gives out none of another agency's, and none that was revoked", async () => {
      const code = await world.codeFor(index);
      const desk = { ...world.desk, agency: "11310000MB1A00001C" };
      const refused = problem("CERTIFICATE_NOT_CURRENT");
      await expect(world.claim(phone, code, { desk })).rejects.toEqual(refused);
      world.story.setStatus(world.batch, index, 5, NOW - 1);
      await expect(world.claim(phone, code)).rejects.toEqual(
        problem("CERTIFICATE_NOT_CURRENT", "REVOKED"),
      );
    });
  });

  describe("asked for a binding", () => {
    it("binds the key that claimed last, for a week", async () => {
      await own();
      const { binding, expiresAt } = await renew(phone);
      expect(expiresAt).toBe(NOW + 7 * DAY);
      expect(decodeBinding(binding, "binding")).toMatchObject({ key: phone.publicKey, index });
      await world.claim(relative, await world.codeFor(index));
      await expect(renew(phone)).rejects.toEqual(problem("HOLDER_KEY_OTHER"));
      await expect(renew(relative)).resolves.toBeDefined();
    });

    it("binds nobody to a certificate that nobody claimed, that is revoked, or that was erased", async () => {
      await expect(renew(phone)).rejects.toEqual(problem("HOLDER_KEY_OTHER"));
      await own();
      world.story.setStatus(world.batch, index, 1, NOW - 1);
      await expect(renew(phone)).rejects.toEqual(problem("CERTIFICATE_NOT_CURRENT", "SUSPENDED"));
      await world.opened.store.erase(world.batch.root, index);
      await expect(renew(phone)).rejects.toEqual(problem("HOLDER_KEY_OTHER"));
    });
  });

  describe("asked to let somebody else show it", () => {
    it("gives the delegate those claims, and a binding of a day, for the named matters", async () => {
      await own();
      const { delegated, binding } = await take(await letShow());
      expect(delegated).toMatchObject({
        ...{ delegate: "李兰", reason: "relative", matters: [MATTER], claims: ["holderName"] },
        ...{ grantor: `王小明${String(index)}`, until: NOW + 30 * DAY },
      });
      expect(decodeBinding(binding, "binding")).toMatchObject({
        ...{ key: relative.publicKey, issuedAt: NOW, expiresAt: NOW + DAY },
      });
    });

    it("is accepted for that matter until it is taken back and the last binding has run out", async () => {
      await own();
      const made = await letShow();
      const { delegated, binding } = await take(made);
      const judged = (now: number, purpose = MATTER) => {
        const times = { issuedAt: now, expiresAt: now + 60 };
        const wire = signedWire(delegated.proof, relative, { ...times, binding });
        const request = { now, purpose, maxLedgerAge: 60, requiresHolder: true };
        return verify(qrOf(wire), world.story.view(now), request, primitives);
      };
      expect(judged(NOW)).toMatchObject({ verdict: "accepted", usable: true });
      const other = judged(NOW, "460200-MZ-0999");
      expect(other).toMatchObject({ verdict: "rejected", authentic: true, usable: false });
      expect(await withdraw(made)).toEqual({
        ...{ id: made.id, withdrawnAt: NOW, bindingsEndBy: NOW + DAY },
      });
      await expect(renew(relative)).rejects.toEqual(problem("DELEGATION_ENDED", "withdrawn"));
      expect(judged(NOW + DAY - 1).verdict).toBe("accepted");
      const ended = judged(NOW + DAY).checks.find(({ check }) => check === "holder");
      expect(ended).toMatchObject({ result: "fail", code: "BINDING_EXPIRED" });
    });

    it("renews the delegate's binding until the delegation ends, and never beyond", async () => {
      await own();
      const made = await letShow({ until: NOW + DAY + 60 });
      await take(made);
      world.now = NOW + 3_600;
      expect((await renew(relative)).expiresAt).toBe(NOW + DAY + 60);
      world.now = NOW + DAY + 60;
      await expect(renew(relative)).rejects.toEqual(problem("DELEGATION_ENDED", "ended"));
      expect((await withdraw(made)).bindingsEndBy).toBeNull();
    });

    it("ends with the holder's key: another phone's claim ends what the lost one let others do", async () => {
      await own();
      const made = await letShow();
      await take(made);
      await world.claim(seededKey("new phone"), await world.codeFor(index));
      await expect(renew(relative)).rejects.toEqual(problem("DELEGATION_ENDED", "another key"));
      await expect(take(made)).rejects.toEqual(problem("DELEGATION_ENDED", "another key"));
    });

    it("tells the holder's name only where the delegate may show it", async () => {
      await own();
      const typeOf = world.desk.typeOf("", 1);
      const nothing = { ...typeOf, definition: { ...typeOf.definition, alwaysDisclosed: [] } };
      const desk = { ...world.desk, typeOf: () => nothing };
      const order = world.order(index, { claims: ["birthDate"] });
      const made = await delegate(desk, await world.sign(phone, { kind: "delegation", order }));
      expect((await take(made)).delegated).toMatchObject({ grantor: null, claims: ["birthDate"] });
    });

    it("gives another code for the same request, and none once it was fetched", async () => {
      await own();
      const first = await letShow();
      const second = await letShow();
      expect(second.id).toBe(first.id);
      await expect(take(first)).rejects.toEqual(problem("CLAIM_CODE_UNKNOWN"));
      await take(second);
      await expect(letShow()).rejects.toEqual(problem("DELEGATION_ENDED"));
      expect(await listed()).toHaveLength(1);
    });

    it("is fetched by one phone, which may ask again for ten minutes", async () => {
      await own();
      const made = await letShow();
      await take(made);
      world.now = NOW + AGAIN_SECONDS;
      await expect(take(made)).resolves.toBeDefined();
      await expect(take(made, phone)).rejects.toEqual(problem("CLAIM_CODE_ENDED"));
      world.now += 1;
      await expect(take(made)).rejects.toEqual(problem("CLAIM_CODE_ENDED"));
    });

    it("is fetched by exactly one of several who come at the same moment", async () => {
      await own();
      const made = await letShow();
      const keys = Array.from({ length: 4 }, (_, i) => seededKey(`${String(index)}/${String(i)}`));
      const outcomes = await Promise.allSettled(keys.map((key) => take(made, key)));
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    });

    it("can't be fetched when its code has run out, or the holder has taken it back", async () => {
      await own();
      const made = await letShow();
      world.now = NOW + DELEGATION_CODE_SECONDS;
      await expect(take(made)).rejects.toEqual(problem("CLAIM_CODE_ENDED"));
      expect((await listed()).map((one) => delegationState(one, world.now))).toEqual(["ended"]);
      world.now = NOW;
      expect((await withdraw(made)).bindingsEndBy).toBeNull();
      await expect(take(made)).rejects.toEqual(problem("DELEGATION_ENDED", "withdrawn"));
    });

    it("is for the holder alone to make, to see and to take back", async () => {
      await own();
      const made = await letShow();
      const wish = { kind: "delegation", order: world.order(index, { delegate: "张三" }) } as const;
      const foreign = delegate(world.desk, await world.sign(relative, wish));
      await expect(foreign).rejects.toEqual(problem("HOLDER_KEY_OTHER"));
      expect(await listed(relative)).toEqual([]);
      await expect(withdraw(made, relative)).rejects.toEqual(problem("DELEGATION_UNKNOWN"));
      await expect(withdraw({ id: "00".repeat(16) })).rejects.toEqual(
        problem("DELEGATION_UNKNOWN"),
      );
    });

    it("lists each in its state, and keeps the time at which it was first taken back", async () => {
      await own();
      const [open, claimed, withdrawn] = [
        await letShow({ delegate: "甲" }),
        await letShow({ delegate: "乙" }),
        await letShow({ delegate: "丙" }),
      ];
      await take(claimed);
      await withdraw(withdrawn);
      world.now = NOW + 60;
      expect(await withdraw(withdrawn)).toMatchObject({ withdrawnAt: NOW });
      const states = new Map(
        (await listed()).map((one) => [one.delegate, delegationState(one, world.now)]),
      );
      expect(Object.fromEntries(states)).toEqual({ 甲: "open", 乙: "claimed", 丙: "withdrawn" });
      expect(delegationState((await listed())[0] as never, NOW + 31 * DAY)).not.toBe("open");
      expect(open.codeExpiresAt).toBe(NOW + 7 * DAY);
    });

    it.each<[string, Partial<DelegationOrder>]>([
      ["a claim that there is not", { claims: ["holderName", "spouse"] }],
      ["no claim of those always shown", { claims: ["birthDate"] }],
      ["an end that is past", { until: NOW }],
      ["an end more than a year ahead", { until: NOW + 366 * DAY + 1 }],
    ])("says DELEGATION_INVALID for %s", async (_, changes) => {
      await own();
      await expect(letShow(changes)).rejects.toEqual(problem("DELEGATION_INVALID"));
    });

    it("lets twenty people show one certificate at a time, and no more", async () => {
      await own();
      for (let i = 0; i < 20; i++) await letShow({ delegate: `人${String(i)}` });
      await expect(letShow()).rejects.toEqual(problem("DELEGATION_INVALID", "20"));
      await expect(letShow({ delegate: "人0" })).resolves.toBeDefined();
    });

    it("keeps names where nobody reads them without the store's key, and forgets them with the certificate", async () => {
      await own();
      const { id } = await letShow({ delegate: "赵钱孙" });
      const { database, store } = world.opened;
      const rows = await database.db.selectFrom("delegation").selectAll().execute();
      const kept = rows.map((row) => Buffer.concat([row.terms, Buffer.from(JSON.stringify(row))]));
      expect(Buffer.concat(kept).includes("赵钱孙")).toBe(false);
      const terms = new Uint8Array(rows.find((row) => row.id === id)?.terms ?? []);
      const changed = terms.map((byte, i) => (i === 0 ? byte ^ 1 : byte));
      await database.db
        .updateTable("delegation")
        .set({ terms: changed })
        .where("id", "=", id)
        .execute();
      await expect(store.delegations.find(id)).rejects.toEqual(problem("BATCH_DAMAGED"));
      await store.erase(world.batch.root, index);
      expect(await store.delegations.find(id)).toBeNull();
    });
  });
});
