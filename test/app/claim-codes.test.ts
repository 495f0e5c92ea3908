import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import {
  ATTEMPT_SECONDS,
  USUAL_ATTEMPTS,
  claimCodeState,
  createClaimCodes,
} from "../../src/app/claim-codes.ts";
import type { DeliveredCertificate } from "../../src/core/holding/delivery.ts";
import { writeClaimCode } from "../../src/core/identifiers/claim-code.ts";
import { systemRandomness } from "../../src/main/system.ts";
import type { CertificateFile } from "../../src/core/certificate/certificate-file.ts";
import type { ClaimCode } from "../../src/ports/claim-codes.ts";
import type { OpenedStore, StoreKind, StorePlaces } from "../support/agency-stores.ts";
import { storePlaces } from "../support/agency-stores.ts";
import type { ClaimChanges, HoldingWorld } from "../support/holding-world.ts";
import { openHoldingWorld } from "../support/holding-world.ts";
import { DAY, NOW } from "../support/ledger-story.ts";
import { seededKey } from "../support/seeded.ts";
import { issue, sampleRecords } from "../support/store-issuing.ts";

const KINDS: readonly StoreKind[] = ["SQLite", "PostgreSQL"];

describe.each(KINDS)("claim codes in %s", (kind) => {
  let places: StorePlaces;
  let world: HoldingWorld;
  let opened: OpenedStore;
  let root: string;
  let people = 0;

  const tools = () => ({ store: opened.store, clock: world.desk.clock });
  const newClient = (): string => `198.51.100.${String(people++)}`;
  /** Somebody else each time. */
  const redeem = async (text: string, changes: ClaimChanges = {}): Promise<CertificateFile> => {
    const phone = seededKey(`phone ${String(people++)}`);
    return ((await world.claim(phone, text, changes)) as DeliveredCertificate).certificate;
  };
  const codeFor = (index: number, seconds?: number): Promise<string> =>
    world.codeFor(index, seconds);

  const kept = async (index: number, of = root): Promise<ClaimCode> => {
    const codes = await opened.store.claimCodes.list(1_000);
    const code = codes.find((each) => each.root === of && each.index === index);
    if (code === undefined) throw new Error("no code");
    return code;
  };

  beforeAll(async () => {
    places = await storePlaces(kind);
    world = await openHoldingWorld(await places.newPlace());
    ({ opened } = world);
    ({ root } = world.batch);
  });
  afterAll(async () => {
    await opened.store.close();
    await places.end();
  });

  it("give the certificate once, however the code is typed: then CLAIM_CODE_ENDED", async () => {
    const code = await codeFor(7);
    const certificate = await redeem(code.toLowerCase().replaceAll("-", " "));
    expect(certificate.batch.index).toBe(7);
    await expect(redeem(code)).rejects.toMatchObject({ code: "CLAIM_CODE_ENDED" });
    expect(await kept(7)).toMatchObject({ usedAt: NOW, attempts: 2 });
  });

  it("give it to exactly one of many who come at the same moment, from several processes", async () => {
    const others = await Promise.all([world.another(), world.another()]);
    const code = await codeFor(8);
    const tries = [world, ...others].flatMap(({ desk }) =>
      Array.from({ length: 6 }, () => redeem(code, { desk })),
    );
    const outcomes = await Promise.allSettled(tries);
    await Promise.all(others.map((other) => other.close()));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") {
        expect(outcome.reason).toMatchObject({ code: "CLAIM_CODE_ENDED" });
      }
    }
    expect((await kept(8)).attempts).toBe(18);
  });

  it("run out: CLAIM_CODE_ENDED from that second on", async () => {
    const code = await codeFor(9, DAY);
    world.now = NOW + DAY;
    await expect(redeem(code)).rejects.toMatchObject({
      code: "CLAIM_CODE_ENDED",
      detail: expect.stringContaining("expired"),
    });
    world.now = NOW + DAY - 1;
    await expect(redeem(code)).resolves.toBeDefined();
    world.now = NOW;
  });

  it("are revoked once, and worth nothing after it", async () => {
    const code = await codeFor(10);
    const { id } = await kept(10);
    const { claimCodes } = opened.store;
    expect((await claimCodes.find(id.slice(0, 8)))?.index).toBe(10);
    expect(await claimCodes.revoke(id, NOW)).toBe(true);
    expect(await claimCodes.revoke(id, NOW)).toBe(false);
    await expect(redeem(code)).rejects.toMatchObject({
      detail: expect.stringContaining("revoked"),
    });
    expect(await claimCodes.find("0000000000000000")).toBeNull();
    expect(await claimCodes.find("")).toBeNull();
  });

  it("end when their certificate is given a newer one", async () => {
    const [older, newer] = [await codeFor(11), await codeFor(11)];
    await expect(redeem(older)).rejects.toMatchObject({ code: "CLAIM_CODE_ENDED" });
    expect((await redeem(newer)).batch.index).toBe(11);
  });

  it("are told apart from what never was one: CLAIM_CODE_MALFORMED, CLAIM_CODE_UNKNOWN", async () => {
    const code = await codeFor(12);
    const mistyped = code.startsWith("0") ? `1${code.slice(1)}` : `0${code.slice(1)}`;
    await expect(redeem(mistyped)).rejects.toMatchObject({ code: "CLAIM_CODE_MALFORMED" });
    await expect(redeem("0".repeat(16))).rejects.toMatchObject({ code: "CLAIM_CODE_UNKNOWN" });
    await expect(redeem(code)).resolves.toBeDefined();
  });

  it("can't be tried out: CLAIM_ATTEMPTS_EXCEEDED after ten, until a quarter of an hour is over", async () => {
    const code = await codeFor(13);
    const client = newClient();
    for (let i = 0; i < USUAL_ATTEMPTS; i++) {
      await expect(redeem("0".repeat(16), { client })).rejects.toMatchObject({
        code: "CLAIM_CODE_UNKNOWN",
      });
    }
    await expect(redeem(code, { client })).rejects.toMatchObject({
      code: "CLAIM_ATTEMPTS_EXCEEDED",
    });
    world.now = NOW + ATTEMPT_SECONDS;
    await expect(redeem(code, { client })).resolves.toBeDefined();
    world.now = NOW;
  });

  it("count attempts that come at once, too", async () => {
    const client = newClient();
    const tries = Array.from({ length: 30 }, () => redeem("0".repeat(16), { client }));
    const outcomes = await Promise.allSettled(tries);
    const codes = outcomes.map((each) =>
      each.status === "rejected" ? (each.reason as { code: string }).code : "",
    );
    expect(codes.filter((each) => each === "CLAIM_CODE_UNKNOWN")).toHaveLength(USUAL_ATTEMPTS);
    expect(codes.filter((each) => each === "CLAIM_ATTEMPTS_EXCEEDED")).toHaveLength(20);
  });

  it("are not used up by a certificate that can't be handed out yet", async () => {
    const { id } = await issue(opened.store, sampleRecords(2, "later"));
    const [batch] = await opened.store.batches(id);
    const [made] = await createClaimCodes(
      tools(),
      systemRandomness,
      [{ root: batch?.root ?? "", index: 0 }],
      DAY,
    );
    const code = writeClaimCode(made?.code ?? ("" as never));
    await expect(redeem(code)).rejects.toMatchObject({ code: "NOT_CONFIRMED" });
    expect((await kept(0, batch?.root)).usedAt).toBeNull();
  });

  it("are made for many certificates at once, and counted by what became of them", async () => {
    const before = await opened.store.claimCodes.counts(NOW);
    const places = Array.from({ length: 40 }, (_, i) => ({ root, index: 20 + i }));
    const made = await createClaimCodes(tools(), systemRandomness, places, DAY);
    expect(new Set(made.map(({ code }) => code)).size).toBe(40);
    const after = await opened.store.claimCodes.counts(NOW);
    expect(after).toEqual({ ...before, open: before.open + 40 });
    const late = await opened.store.claimCodes.counts(NOW + 31 * DAY);
    expect(late).toMatchObject({ open: 0, used: after.used, revoked: after.revoked });
  });

  it("are nowhere in the database, nor is who tried them", async () => {
    const code = await codeFor(14);
    const client = newClient();
    await redeem(code, { client });
    const rows = await sql<Record<string, unknown>>`SELECT * FROM claim_code`.execute(
      opened.database.db,
    );
    const tries = await sql<Record<string, unknown>>`SELECT * FROM claim_attempt`.execute(
      opened.database.db,
    );
    const all = JSON.stringify([rows.rows, tries.rows], (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value,
    );
    expect(rows.rows.length).toBeGreaterThan(40);
    expect(all).not.toContain(code.replaceAll("-", ""));
    expect(all).not.toContain(client);
  });
});

describe("the state of a claim code", () => {
  const code = { id: "", root: "", index: 0, createdAt: 0, expiresAt: 10, attempts: 0 };

  it("says what ended it: use before revocation before its time", () => {
    expect(claimCodeState({ ...code, usedAt: null, revokedAt: null }, 9)).toBe("open");
    expect(claimCodeState({ ...code, usedAt: null, revokedAt: null }, 10)).toBe("expired");
    expect(claimCodeState({ ...code, usedAt: null, revokedAt: 5 }, 10)).toBe("revoked");
    expect(claimCodeState({ ...code, usedAt: 4, revokedAt: null }, 10)).toBe("used");
  });
});
