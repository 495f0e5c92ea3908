/** Some of the system calls that write; test/faults/run.ts makes each of them fail in each way. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { installStrace } from "../support/strace.ts";
import { Lane } from "./lane.ts";
import { CALL_FAULTS, failOnce, findCalls } from "./system-calls.ts";
import type { CallSite } from "./system-calls.ts";

const SAMPLE = 2;
let lane: Lane;
let sites: readonly CallSite[];

beforeAll(async () => {
  installStrace();
  lane = await Lane.open();
  sites = await findCalls(lane);
});
afterAll(() => lane.close());

it("a small job writes its store, its store's key, its lock and its error file", () => {
  expect(new Set(sites.map(({ file }) => file))).toEqual(
    new Set([
      ...["agency.sqlite", "agency.sqlite-journal", "agency.sqlite.lock-journal"],
      ...["keys", "keys/store.key.same.new", "records-0.csv.errors.csv"],
    ]),
  );
});

it.each(CALL_FAULTS)(
  "%s in one of them: nothing is lost and nothing is anchored twice",
  async (fault) => {
    const step = Math.floor(sites.length / SAMPLE);
    const shift = CALL_FAULTS.indexOf(fault);
    for (let i = shift; i < sites.length; i += step) {
      const site = sites[i] as CallSite;
      expect(await failOnce(lane, site, fault)).toMatchObject({ ...site, wrong: [] });
    }
  },
);
