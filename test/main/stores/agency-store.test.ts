import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { loadSettings } from "../../../src/config.ts";
import { openAgencyStore } from "../../../src/main/stores/agency-store.ts";
import { issue, sampleRecords } from "../../support/store-issuing.ts";

let home: string;

beforeEach(async () => {
  home = join(await mkdtemp(join(tmpdir(), "lz-home-")), "new");
});
afterEach(() => rm(join(home, ".."), { recursive: true }));

describe("opening the agency's store", () => {
  it("makes it, and its key, in the home folder the first time, and finds both the next time", async () => {
    const store = await openAgencyStore(loadSettings({ LZ_HOME: home }));
    const job = await issue(store, sampleRecords(2));
    await store.close();
    expect(store.name).toBe(join(home, "agency.sqlite"));
    expect(existsSync(join(home, "keys", "store.key"))).toBe(true);
    const again = await openAgencyStore(loadSettings({ LZ_HOME: home }));
    const [batch] = await again.batches(job.id);
    expect((await again.certificate(batch?.root as string, 1)).certificate.index).toBe(1);
    await again.close();
  });

  it("opens no store without the key it was begun with", async () => {
    await (await openAgencyStore(loadSettings({ LZ_HOME: home }))).close();
    await rm(join(home, "keys", "store.key"));
    const opening = openAgencyStore(loadSettings({ LZ_HOME: home }));
    await expect(opening).rejects.toMatchObject({ code: "KEY_NOT_FOUND" });
  });

  it("keeps it where LZ_STORE says", async () => {
    const file = join(home, "elsewhere", "a.sqlite");
    const store = await openAgencyStore(loadSettings({ LZ_HOME: home, LZ_STORE: file }));
    await store.close();
    expect(existsSync(file)).toBe(true);
  });

  it("says of a server that is not there that it can't be reached", async () => {
    const settings = loadSettings({ LZ_HOME: home, LZ_STORE: "postgres://lz@127.0.0.1:1/lz" });
    await expect(openAgencyStore(settings)).rejects.toMatchObject({ code: "STORE_UNREACHABLE" });
  });
});
