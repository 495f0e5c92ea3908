/** lz retention: what a service kept long enough is counted, and erased. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { askCommand, temporaryFolder } from "../support/command-world.ts";
import { runCommand } from "../support/command.ts";
import { openServiceAt } from "../support/service-stores.ts";

let home: string;

beforeAll(async () => {
  home = await temporaryFolder();
  const { store } = await openServiceAt(join(home, "service.sqlite"));
  await store.replays.isFirstUse("of long ago", 1, null);
  await store.close();
});
afterAll(() => rm(home, { recursive: true }));

it("counts without erasing, erases, and then finds nothing", async () => {
  const run = ["retention", "run"];
  const dry = await askCommand(home, [...run, "--dry-run"]);
  expect(dry).toMatchObject({ isDryRun: true, counts: { replays: 1, callCounts: 0 } });
  const erased = await askCommand(home, run);
  expect(erased).toMatchObject({ isDryRun: false, counts: { replays: 1 } });
  const { stdout } = await runCommand(home, [...run, "--dry-run"]);
  expect(stdout).toContain("防重放记录 Presentations seen\t0");
});
