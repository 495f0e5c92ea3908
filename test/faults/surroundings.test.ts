/** Issuing while the table changes, the disk is full, or the database goes away. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import type { IssueJob } from "../../src/ports/agency-store.ts";
import type { Postgres } from "../support/postgres.ts";
import { startPostgres } from "../support/postgres.ts";
import { anchorsOnChain, findWrong, openStore } from "./checks.ts";
import type { Ending, Happening, IssuingOrder } from "./issuing-pool.ts";
import { Lane } from "./lane.ts";
import type { Home } from "./lane.ts";
import { scenarioOf } from "./scenarios.ts";
import type { Scenario } from "./scenarios.ts";
import { mountSmallDisk } from "./small-disk.ts";

let lane: Lane;

beforeAll(async () => {
  lane = await Lane.open();
});
afterAll(() => lane.close());

/** Read in several blocks, the last of them not before the first is checked; hashed in several batches. */
const LARGE: Scenario = { ...scenarioOf(13), invalid: 0, batchSize: 2_000 };
const SMALL: Scenario = { ...LARGE, records: 12, batchSize: 5 };

/** The same command again, where everything is as it should be: all is done, and nothing twice. */
async function expectFinished(on: Lane, home: Home): Promise<void> {
  const ending = await on.pool.issue(home.order);
  expect(ending).toMatchObject({ kind: "done" });
  const { job } = ending as Extract<Ending, { kind: "done" }>;
  expect(await findWrong(on.world, home.order, { ...home.expected, job })).toEqual([]);
}

async function rootsOnChain(on: Lane): Promise<string[]> {
  return (await anchorsOnChain(on.world)).map(({ root }) => root);
}

async function jobsIn({ order }: Home): Promise<readonly IssueJob[]> {
  const store = await openStore(order);
  try {
    return await store.jobs();
  } finally {
    await store.close();
  }
}

describe("a table that changes while it is read", () => {
  const CASES: readonly (readonly [Happening["what"], number])[] = [
    ["truncate the table", 1],
    ["append to the table", 2],
  ];

  it.each(CASES)(
    "%s at the check of block %i: SOURCE_CHANGED, and nothing is anchored",
    async (what, n) => {
      const home = await lane.begin(LARGE);
      const saved = join(home.folder, "saved.csv");
      await copyFile(home.order.input, saved);
      const before = await rootsOnChain(lane);
      const moment = { point: "workers.check/before", occurrence: n };
      const order: IssuingOrder = { ...home.order, happening: { moment, what } };
      const ending = await lane.pool.issue(order);
      expect(ending).toMatchObject({ kind: "problem", code: "SOURCE_CHANGED" });
      expect(await rootsOnChain(lane)).toEqual(before);
      expect(await jobsIn(home)).toEqual([]);
      await copyFile(saved, home.order.input);
      await expectFinished(lane, home);
    },
  );

  it.each(["truncate the table", "remove the table"] as const)(
    "%s once all of it was read: it is not needed any more",
    async (what) => {
      const home = await lane.begin(SMALL);
      const saved = join(home.folder, "saved.csv");
      await copyFile(home.order.input, saved);
      const moment = { point: "intake.complete/after", occurrence: 1 };
      const ending = await lane.pool.issue({ ...home.order, happening: { moment, what } });
      expect(ending).toMatchObject({ kind: "done" });
      await copyFile(saved, home.order.input);
      await expectFinished(lane, home);
    },
  );
});

describe("a disk that is full", () => {
  const ENOUGH_KIB = 16_384;

  it("ends in DISK_FAILED however much room there was, and the job is done once there is room", async () => {
    const endings = new Map<number, string>();
    for (let size = 256; size <= 1_536; size += 256) {
      const disk = mountSmallDisk(join(lane.folder, "disk"), size);
      if (disk === null) throw new Error("this machine lets nobody mount a disk of its own");
      try {
        const home = await lane.beginIn(disk.folder, SMALL);
        const ending = await lane.pool.issue(home.order);
        endings.set(size, ending.kind === "problem" ? ending.code : ending.kind);
        disk.resize(ENOUGH_KIB);
        await expectFinished(lane, home);
      } finally {
        disk.unmount();
      }
    }
    expect(new Set(endings.values())).toEqual(new Set(["DISK_FAILED", "done"]));
  });
});

describe("a PostgreSQL that is restarted", () => {
  let postgres: Postgres;
  let inPostgres: Lane;

  beforeAll(async () => {
    postgres = await startPostgres();
    inPostgres = await Lane.open(postgres);
  });
  afterAll(async () => {
    await inPostgres.close();
    await postgres.stop();
  });

  it.each([
    "store.createJob/after",
    "intake.addChunk/after",
    "intake.complete/after",
    "outbox.save:signed/before",
    "outbox.save:signed/after",
    "anchoring.send/after",
    "outbox.confirm/after",
  ])("at %s: STORE_UNREACHABLE, and the same command finishes the job", async (point) => {
    const home = await inPostgres.begin(SMALL);
    const happening = { what: "stop", moment: { point, occurrence: 1 } } as const;
    const ending = await inPostgres.pool.issue({ ...home.order, happening }, () =>
      postgres.restart(),
    );
    expect(ending).toMatchObject({ kind: "problem", code: "STORE_UNREACHABLE" });
    await expectFinished(inPostgres, home);
    await inPostgres.end(home);
  });
});
