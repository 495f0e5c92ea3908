import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { judgeOnce } from "../../src/main/judge.ts";
import { readTrustPack, saveTrustPack } from "../../src/main/trust-pack.ts";
import type { RunningApp } from "../support/http-app.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import { NOW, T0 } from "../support/ledger-story.ts";
import { fileOf } from "../support/present.ts";
import { usualCase } from "../support/usual-case.ts";

const primitives = await loadPrimitives();
const { story, batch, bearer } = usualCase(primitives);
const folder = mkdtempSync(join(tmpdir(), "lz-pack-"));
const file = join(folder, "packs", "trust.pack");
/** However long ago the story is. */
const FOR_EVER = 10 ** 9;

let app: RunningApp;
beforeAll(async () => {
  const service = serviceOver(primitives, story.view());
  app = await runHttpApp({ ...service, view: () => story.view() });
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true });
});

const order = () => ({ server: app.url, file, region: "330100" });
const at = { at: NOW, region: "330100" };

describe("a trust pack on a device", () => {
  it("is saved, and judged on without a network", async () => {
    const { held, isIncrement } = await saveTrustPack(order());
    expect(isIncrement).toBe(false);
    expect(held.view.state.anchors.size).toBe(1);
    const { view } = readTrustPack(file);
    const answer = await judgeOnce(view, fileOf(bearer), at, FOR_EVER);
    expect(answer).toMatchObject({ verdict: "accepted", ledger: { chainId: 31337 } });
    const late = await judgeOnce(view, fileOf(bearer), at, 60);
    expect(late).toMatchObject({ verdict: "indeterminate", authentic: null });
  });

  it("is brought up to date with what came since, and read as one", async () => {
    story.at(T0 + 100).setStatus(batch, 3, 5);
    const { isIncrement, fetched } = await saveTrustPack(order());
    expect(isIncrement).toBe(true);
    expect(fetched).toBeLessThan(1_000);
    const { view } = readTrustPack(file);
    const answer = await judgeOnce(view, fileOf(bearer), at, FOR_EVER);
    expect(answer).toMatchObject({ verdict: "rejected", usable: false });
  });

  it("of another region is fetched whole", async () => {
    const { isIncrement } = await saveTrustPack({ server: app.url, file });
    expect(isIncrement).toBe(false);
  });

  it("is taken from nobody but the service whose keys lie beside it", async () => {
    const keys = `${file}.keys.json`;
    const good = readFileSync(keys, "utf8");
    const other = JSON.parse(good);
    other.keys[0].x = other.keys[0].y;
    writeFileSync(keys, JSON.stringify(other));
    await expect(saveTrustPack(order())).rejects.toMatchObject({ code: "TRUST_PACK_INVALID" });
    expect(() => readTrustPack(file)).toThrow(/TRUST_PACK_INVALID/);
    writeFileSync(keys, '{"keys":"none"}');
    expect(() => readTrustPack(file)).toThrow(/no key of the service is known/);
    writeFileSync(keys, good);
  });

  it.each([
    ["cut short", (bytes: Buffer) => bytes.subarray(0, -1)],
    ["empty", () => Buffer.alloc(0)],
    ["a list of nothing", () => Buffer.from([0x80])],
    ["a text", () => Buffer.from([0x61, 0x61])],
  ])("that is %s is refused", (_, spoilt) => {
    const good = readFileSync(file);
    writeFileSync(file, spoilt(good));
    expect(() => readTrustPack(file)).toThrow(/TRUST_PACK_INVALID/);
    writeFileSync(file, good);
  });

  it("is told from what is no service", async () => {
    const where = join(folder, "other.pack");
    const at = (server: string) => saveTrustPack({ server, file: where });
    await expect(at("http://127.0.0.1:9")).rejects.toMatchObject({ code: "SERVER_UNREACHABLE" });
    await expect(at("verifier")).rejects.toMatchObject({ code: "USAGE" });
    await expect(saveTrustPack({ server: app.url, file, type: "marriage" })).rejects.toMatchObject({
      code: "SERVER_FAULT",
    });
    expect(() => readTrustPack(where)).toThrow(/FILE_NOT_FOUND/);
  });
});
