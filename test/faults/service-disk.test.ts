/** A verification service whose disk is full gives no verdict that it can't keep, and loses none that it gave. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LoggedUses } from "../../src/app/uses/logged-uses.ts";
import { certificateToJson } from "../../src/core/certificate/certificate-file.ts";
import { openServiceStore } from "../../src/main/stores/stores.ts";
import { primitives } from "../../src/main/system.ts";
import type { ServiceStore } from "../../src/ports/service-store.ts";
import { accessOf } from "../support/access.ts";
import { CAUSE, PUBLIC_HOST, SERVICE_KEYS, counterOf, deskOver } from "../support/counter-desk.ts";
import type { Reply, RunningApp } from "../support/http-app.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import { NOW } from "../support/ledger-story.ts";
import { LEDGER, usesDeskOver } from "../support/uses.ts";
import { usualCase } from "../support/usual-case.ts";
import { mountSmallDisk } from "./small-disk.ts";
import type { SmallDisk } from "./small-disk.ts";

const SIZE_KIB = 2_048;
const usual = usualCase(primitives);
const body = { certificate: certificateToJson(usual.bearer), useCause: CAUSE };
const headers = { "Content-Type": "application/json", Authorization: "Bearer counter" };

let folder: string;
let disk: SmallDisk | null;
let store: ServiceStore;
let app: RunningApp;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lz-full-"));
  disk = mountSmallDisk(join(folder, "disk"), SIZE_KIB);
  const clock = { now: () => NOW };
  store = await openServiceStore({ place: join(folder, "disk", "service.sqlite"), clock });
  const recorder = new LoggedUses({
    ...{ log: store.uses, primitives, keys: SERVICE_KEYS, publicHost: PUBLIC_HOST },
    ...{ ledger: LEDGER, clock, newStrandId: () => newStrandId() },
  });
  const desk = deskOver(primitives, usual.story.view(), { uses: recorder });
  const uses = usesDeskOver(desk, { log: store.uses, recorder });
  const access = accessOf({ counter: counterOf() });
  app = await runHttpApp(serviceOver(primitives, usual.story.view(), { desk, uses, access }));
});
afterAll(async () => {
  await app.stop();
  await store.close();
  disk?.unmount();
  rmSync(folder, { recursive: true });
});

let strands = 0;
const newStrandId = (): string => (++strands).toString(16).padStart(12, "0");
const verify = (): Promise<Reply> => app.post(body, { headers });

/** Takes all the room there is. */
function fill(file: string): void {
  for (const size of [65_536, 4_096, 1]) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size), { flag: "a" });
    } catch {
      // So much no longer fits.
    }
  }
}

it("answers 503 while its disk is full, and goes on with everything that it gave when there is room", async () => {
  if (disk === null) throw new Error("this machine lets nobody mount a file system");
  const filler = join(disk.folder, "filler");
  const receipts: string[] = [];
  let reply = await verify();
  fill(filler);
  for (let i = 0; i < 2_000 && reply.status === 200; i++) {
    receipts.push(reply.json.receipt.id as string);
    reply = await verify();
  }
  expect(reply).toMatchObject({ status: 503, json: { code: "USE_NOT_KEPT" } });
  expect(reply.json).not.toHaveProperty("verdict");
  expect((await verify()).status).toBe(503);
  rmSync(filler);
  expect(await verify()).toMatchObject({ status: 200, json: { verdict: "accepted" } });
  for (const id of receipts) {
    expect((await app.get(`/v1/receipts/${id}`, { headers })).status).toBe(200);
  }
  expect(receipts.length).toBeGreaterThan(0);
});
