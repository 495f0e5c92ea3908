/** Power cuts, full disks and lost connections, and what an outsider then finds. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { isPostgresUrl } from "../../../src/adapters/store/postgres-connection.ts";
import type { AgencyStore } from "../../../src/ports/agency-store.ts";
import type { Postgres } from "../../support/postgres.ts";
import type { OpenedStore, StoreKind, StorePlaces } from "../../support/agency-stores.ts";
import { listed, openStoreAt, storePlaces } from "../../support/agency-stores.ts";
import {
  AGENCY,
  LEDGER,
  TYPE,
  issue,
  newJob,
  readIn,
  sampleRecords,
} from "../../support/store-issuing.ts";

const KINDS: readonly StoreKind[] = ["SQLite", "PostgreSQL"];
const SUPPORT = join(import.meta.dirname, "..", "..", "support");
/** Reads in for ever, and says each time that some more were written. */
const ENDLESS = `
  const { openStoreAt } = await import(${JSON.stringify(join(SUPPORT, "agency-stores.ts"))});
  const { newJob, readIn, sampleRecords } = await import(${JSON.stringify(join(SUPPORT, "store-issuing.ts"))});
  const { store } = await openStoreAt(process.argv[1]);
  const lock = await store.lock();
  const job = await store.createJob(newJob("endless"));
  const intake = await store.beginReading(job);
  const records = sampleRecords(2048, "X");
  for (let i = 0; ; i++) {
    await readIn(intake, { order: { ...job.order, batchSize: 512 } }, records);
    console.log(i);
  }
`;

let child: ChildProcess | null = null;

/** @returns once it has written several times */
async function startReading(place: string): Promise<ChildProcess> {
  const args = ["--input-type=module", "--eval", ENDLESS, place];
  const stdio = ["ignore", "pipe", "inherit"] as const;
  child = spawn(process.execPath, args, { stdio: [...stdio], env: { PATH: process.env["PATH"] } });
  if (child.stdout === null) throw new Error("it has no output");
  const lines = createInterface(child.stdout);
  for (let i = 0; i < 3; i++) await once(lines, "line");
  return child;
}

async function kill(): Promise<void> {
  if (child?.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

describe.each(KINDS)("a store in %s", (kind) => {
  let places: StorePlaces;
  let place: string;
  let opened: OpenedStore;
  let store: AgencyStore;

  beforeAll(async () => {
    places = await storePlaces(kind);
  });
  afterAll(() => places.end());
  beforeEach(async () => {
    place = await places.newPlace();
    opened = await openStoreAt(place);
    ({ store } = opened);
  });
  afterEach(async () => {
    await kill();
    await store.close();
  });

  it("is whole after its writer was killed in the middle, and goes on without what was half done", async () => {
    const kept = await issue(store, sampleRecords(500));
    const root = (await store.batches(kept.id))[0]?.root as string;
    await startReading(place);
    await kill();
    const { store: outsider, database } = await openStoreAt(place);
    if (kind === "SQLite") await expectSound(database);
    expect(await listed(outsider.certificates(root))).toHaveLength(500);
    const job = await outsider.jobFor("endless");
    expect(job?.state).toBe("reading");
    const numbers = await outsider.numbers({ ledger: LEDGER, agency: AGENCY, type: TYPE });
    expect(await numbers.places("X0000001")).toEqual([]);
    const intake = await outsider.beginReading(job as NonNullable<typeof job>);
    await readIn(intake, newJob("endless"), sampleRecords(10, "X"));
    expect(await intake.complete({ skipped: 0 })).toMatchObject({ certificates: 10, batches: 1 });
    expect(await outsider.counts()).toMatchObject({ certificates: 510, numbers: 510, batches: 2 });
    await outsider.close();
  });

  it("lets go of the lock of a process that was killed, and not before", async () => {
    await startReading(place);
    expect(await store.lock()).toBeNull();
    await kill();
    const lock = await eventually(() => store.lock());
    expect(lock).not.toBeNull();
    await lock?.release();
  });

  it("makes a transaction durable with its job's state, or neither", async () => {
    const job = await issue(store, sampleRecords(1));
    const hashes = { hash: "0x01", raw: "0x02", account: "0x03" };
    const transaction = { ...hashes, job: "J-20260101-0000", nonce: 0, firstBatch: 0, batches: 1 };
    const saving = store.outbox.save({ ...transaction, state: "signed", signedAt: 1 }, "signed");
    await expect(saving).rejects.toMatchObject({ code: "JOB_NOT_FOUND" });
    expect(await store.outbox.open("0x03")).toEqual([]);
    expect((await store.job(job.id))?.state).toBe("hashed");
  });
});

describe("a store in SQLite", () => {
  let places: StorePlaces;

  beforeAll(async () => {
    places = await storePlaces("SQLite");
  });
  afterAll(() => places.end());

  it("says that the disk is full, keeps what it had, and goes on when there is room again", async () => {
    const { store, database } = await openStoreAt(await places.newPlace());
    const kept = await issue(store, sampleRecords(100));
    const { rows } = await sql<{ page_count: number }>`PRAGMA page_count`.execute(database.db);
    const limit = (rows[0]?.page_count ?? 0) + 10;
    await sql`PRAGMA max_page_count = ${sql.lit(limit)}`.execute(database.db);
    const job = await store.createJob(newJob("full"));
    const intake = await store.beginReading(job);
    const reading = readIn(intake, job, sampleRecords(30_000, "X"));
    await expect(reading).rejects.toMatchObject({ code: "DISK_FAILED" });
    await intake.discard();
    expect(await store.jobFor("full")).toBeNull();
    await sql`PRAGMA max_page_count = 4294967294`.execute(database.db);
    await expectSound(database);
    const root = (await store.batches(kept.id))[0]?.root as string;
    expect(await listed(store.certificates(root))).toHaveLength(100);
    expect(await issue(store, sampleRecords(5000, "X"))).toMatchObject({ state: "hashed" });
    await store.close();
  });

  it("says of a file that is no database that it is damaged", async () => {
    const place = await places.newPlace();
    const { writeFileSync } = await import("node:fs");
    writeFileSync(place, "not a database, but long enough to be taken for one".repeat(100));
    await expect(openStoreAt(place)).rejects.toMatchObject({ code: "BATCH_DAMAGED" });
  });

  it("is its owner's alone: nobody else may read the file", async () => {
    const places = await storePlaces("SQLite");
    const place = await places.newPlace();
    const { store } = await openStoreAt(place);
    expect(statSync(place).mode & 0o777).toBe(0o600);
    await store.close();
    await places.end();
  });

  it("says where it can't be", async () => {
    const nowhere = openStoreAt("/nowhere/agency.sqlite");
    await expect(nowhere).rejects.toMatchObject({ code: "DISK_FAILED" });
  });
});

describe("a store in PostgreSQL", () => {
  let places: StorePlaces;
  let postgres: Postgres;
  let place: string;
  let store: AgencyStore;

  beforeAll(async () => {
    places = await storePlaces("PostgreSQL");
    postgres = places.postgres as Postgres;
  });
  afterAll(() => places.end());
  beforeEach(async () => {
    place = await places.newPlace();
    ({ store } = await openStoreAt(place));
  });
  afterEach(() => store.close());

  it("says that the server broke off in mid-run, and a rerun finishes", async () => {
    const job = await store.createJob(newJob("broken"));
    const lock = await store.lock();
    const intake = await store.beginReading(job);
    await readIn(intake, job, sampleRecords(20_000));
    await postgres.restart();
    const going = readIn(intake, job, sampleRecords(20_000, "X"));
    await expect(going).rejects.toMatchObject({ code: "STORE_UNREACHABLE" });
    await lock?.release();
    const again = await eventually(() => store.lock());
    const rerun = await store.beginReading(job);
    await readIn(rerun, job, sampleRecords(9000));
    expect(await rerun.complete({ skipped: 0 })).toMatchObject({ certificates: 9000 });
    expect(await store.counts()).toMatchObject({ certificates: 9000, numbers: 9000 });
    await again?.release();
  });

  it("writes nothing once the connection that holds its lock broke off", async () => {
    const job = await issue(store, sampleRecords(1));
    const lock = await store.lock();
    const name = new URL(place).pathname.slice(1);
    await postgres.run(
      "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory'",
      name,
    );
    const writing = store.setJobState(job.id, "done");
    await expect(writing).rejects.toMatchObject({ code: "STORE_UNREACHABLE" });
    expect((await store.job(job.id))?.state).toBe("hashed");
    await lock?.release();
    await store.setJobState(job.id, "done");
  });

  it("says that there is no such server, without the password", async () => {
    const url = "postgres://lz:secret@127.0.0.1:1/nobody";
    const opening = openStoreAt(url);
    await expect(opening).rejects.toMatchObject({ code: "STORE_UNREACHABLE" });
    await expect(opening).rejects.not.toThrow(/secret/);
  });

  it("says that the account may not, as something to set right in LZ_STORE", async () => {
    const opening = openStoreAt(place.replace("lz:", "nobody:"));
    await expect(opening).rejects.toMatchObject({ code: "STORE_UNREACHABLE" });
  });

  it("says of an address that is none what is expected", async () => {
    await expect(openStoreAt("postgres://[")).rejects.toMatchObject({
      code: "CONFIGURATION_INVALID",
    });
    const odd = openStoreAt("postgres://127.0.0.1/x?sslmode=verify-ca&sslrootcert=/nowhere");
    await expect(odd).rejects.toMatchObject({ code: "CONFIGURATION_INVALID" });
    expect(isPostgresUrl("postgres://[")).toBe(true);
  });
});

async function expectSound(database: OpenedStore["database"]): Promise<void> {
  const { rows } = await sql<{ integrity_check: string }>`PRAGMA integrity_check`.execute(
    database.db,
  );
  expect(rows).toEqual([{ integrity_check: "ok" }]);
}

/** What the server takes a moment to notice. */
async function eventually<T>(attempt: () => Promise<T | null>): Promise<T | null> {
  for (let i = 0; i < 600; i++) {
    const got = await attempt();
    if (got !== null) return got;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return null;
}
