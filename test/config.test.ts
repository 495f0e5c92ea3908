import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { configurationPath, loadSettings, writeConfiguration } from "../src/config.ts";
import type { Settings } from "../src/config.ts";

let folder: string;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-config-"));
});
afterAll(() => rm(folder, { recursive: true }));

const newHome = (): string => join(folder, String(++count));
const load = (home: string, environment: Record<string, string> = {}): Settings =>
  loadSettings({ LZ_HOME: home, ...environment });

const DIRECTORY = `0x${"d1".repeat(20)}`;
const OTHER = `0x${"D2".repeat(20)}`;
const FILE = {
  rpc: "http://127.0.0.1:8545",
  chainId: 31337,
  directory: DIRECTORY,
  confirmations: 2,
};

async function homeWith(content: string): Promise<string> {
  const home = newHome();
  await mkdir(home, { recursive: true });
  await writeFile(configurationPath(home), content);
  return home;
}

describe("settings", () => {
  it("are the defaults where nothing says otherwise", () => {
    expect(loadSettings({})).toMatchObject({ home: resolve(".liangzheng"), timeoutMs: 10_000 });
    expect(load(newHome()).file).toBeNull();
  });

  it("are what was written, in a file of the owner's alone", async () => {
    const home = newHome();
    const path = await writeConfiguration(home, FILE);
    expect(path).toBe(join(home, "config.json"));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(load(home).file).toEqual(FILE);
  });

  it("come from the environment before the file, which then is no word on the chain", async () => {
    const home = newHome();
    await writeConfiguration(home, FILE);
    const elsewhere = load(home, { LZ_RPC: "http://node:1" });
    expect(elsewhere.file).toEqual({ ...FILE, rpc: "http://node:1", chainId: 0 });
    const other = load(home, { LZ_DIRECTORY: OTHER });
    expect(other.file).toEqual({ ...FILE, directory: OTHER });
    const same = load(home, { LZ_RPC: FILE.rpc });
    expect(same.file).toEqual(FILE);
  });

  it("name the contract of use logs on the chain that the file is about, and on no other", async () => {
    const home = newHome();
    const file = { ...FILE, useLog: OTHER };
    await writeConfiguration(home, file);
    expect(load(home).file).toEqual(file);
    expect(load(home, { LZ_DIRECTORY: OTHER }).file).toEqual({ ...file, directory: OTHER });
    expect(load(home, { LZ_RPC: "http://node:1" }).file).not.toHaveProperty("useLog");
  });

  it("need no file where the environment says it all", () => {
    const both = load(newHome(), { LZ_RPC: "http://node:1", LZ_DIRECTORY: DIRECTORY });
    expect(both.file).toEqual({
      rpc: "http://node:1",
      directory: DIRECTORY,
      chainId: 0,
      confirmations: 0,
    });
    expect(load(newHome(), { LZ_RPC: "http://node:1" })).toMatchObject({
      file: null,
      rpc: "http://node:1",
    });
  });

  it("may give a node less time, or more", () => {
    expect(load(newHome(), { LZ_TIMEOUT_MS: "250" }).timeoutMs).toBe(250);
  });
});

describe("a configuration that is not valid is named, and never guessed: CONFIGURATION_INVALID", () => {
  it.each([
    ["not JSON", "{", "not JSON"],
    ["empty", "", "not JSON"],
    ["null", "null", "rpc"],
    ["a list", "[]", "rpc"],
    ["without an address of a node", JSON.stringify({ ...FILE, rpc: 5 }), "rpc"],
    ["without a directory", JSON.stringify({ ...FILE, directory: undefined }), "directory"],
    ["with half a directory", JSON.stringify({ ...FILE, directory: "0xd1" }), "directory"],
    ["with a chain of no number", JSON.stringify({ ...FILE, chainId: "31337" }), "chainId"],
    ["with half a block", JSON.stringify({ ...FILE, confirmations: 0.5 }), "confirmations"],
    ["with no address of use logs", JSON.stringify({ ...FILE, useLog: "0x1" }), "useLog"],
    ["with blocks to come", JSON.stringify({ ...FILE, confirmations: -1 }), "confirmations"],
  ])("a file that is %s", async (_what, content, member) => {
    const home = await homeWith(content);
    expect(() => load(home)).toThrow(
      expect.objectContaining({
        code: "CONFIGURATION_INVALID",
        detail: expect.stringMatching(`config.json: ${member}`),
      }),
    );
  });

  it.each(["0", "-5", "1.5", "soon", ""])("LZ_TIMEOUT_MS='%s'", (text) => {
    expect(() => load(newHome(), { LZ_TIMEOUT_MS: text })).toThrow(
      expect.objectContaining({
        code: "CONFIGURATION_INVALID",
        detail: expect.stringContaining("LZ_TIMEOUT_MS"),
      }),
    );
  });

  it.each(["", "hello", "0xd1", `${DIRECTORY}00`])("LZ_DIRECTORY='%s'", (text) => {
    expect(() => load(newHome(), { LZ_DIRECTORY: text })).toThrow(
      expect.objectContaining({
        code: "CONFIGURATION_INVALID",
        detail: expect.stringContaining("LZ_DIRECTORY"),
      }),
    );
  });

  it("a home that can't be made is FOLDER_NOT_MADE", async () => {
    const file = newHome();
    await writeFile(file, "x");
    const written = writeConfiguration(join(file, "home"), FILE);
    await expect(written).rejects.toMatchObject({ code: "FOLDER_NOT_MADE" });
  });
});
