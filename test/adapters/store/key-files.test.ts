import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { link, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  accountKeyFrom,
  exists,
  newAccountKey,
  newSigningKeyJwk,
  readKeyText,
  replaceKeyFile,
  signingKeyFrom,
  writeKeyFile,
} from "../../../src/adapters/store/key-files.ts";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { Problem } from "../../../src/core/problem.ts";

let folder: string;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-keys-"));
});
afterAll(() => rm(folder, { recursive: true }));

const readAccountKey = (file: string): string => accountKeyFrom(file, readKeyText(file));
const newFile = (): string => join(folder, `${String(++count)}.key`);

async function fileOf(content: string): Promise<string> {
  const file = newFile();
  await writeFile(file, content);
  return file;
}

function problemOf(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error("it went well");
}

/** Everything that a log could show of an error. */
function allWordsOf(error: Problem): string {
  const cause = error.cause instanceof Error ? error.cause.message : "";
  return [error.message, error.detail, error.stack, cause].join();
}

describe("a key file", () => {
  it("is readable for its owner alone, in a folder made for it", async () => {
    const file = join(folder, "home", "keys", "operator.key");
    const key = newAccountKey();
    await writeKeyFile(file, key);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(readAccountKey(file)).toBe(key);
    expect(exists(file)).toBe(true);
    expect(await readdir(join(folder, "home", "keys"))).toEqual(["operator.key"]);
  });

  it("is never overwritten", async () => {
    const file = newFile();
    await writeKeyFile(file, "first");
    const again = writeKeyFile(file, "second");
    await expect(again).rejects.toMatchObject({ code: "FILE_EXISTS", detail: file });
    expect(await readFile(file, "utf8")).toBe("first\n");
  });

  it("is never overwritten, also when twenty make it at once: one of them does", async () => {
    const file = newFile();
    const keys = Array.from({ length: 20 }, newAccountKey);
    const made = await Promise.allSettled(keys.map((key) => writeKeyFile(file, key)));
    const winners = keys.filter((_key, i) => made[i]?.status === "fulfilled");
    expect(winners).toHaveLength(1);
    expect(readAccountKey(file)).toBe(winners[0]);
    for (const result of made) {
      if (result.status === "rejected")
        expect(result.reason).toMatchObject({ code: "FILE_EXISTS" });
    }
    const left = (await readdir(folder)).filter((name) => name.startsWith(`${String(count)}.key`));
    expect(left).toEqual([`${String(count)}.key`]);
  });

  it("is replaced whole, through a link too, and its old bytes are overwritten where they were", async () => {
    const [file, alias, witness] = [newFile(), newFile(), newFile()];
    const key = newAccountKey();
    await writeKeyFile(file, key);
    await symlink(file, alias);
    await link(file, witness);
    await replaceKeyFile(alias, "encrypted");
    expect(await readFile(file, "utf8")).toBe("encrypted\n");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const old = await readFile(witness);
    expect(old).toHaveLength(key.length + 1);
    expect(old.includes(key.slice(2, 10))).toBe(false);
  });

  it("says FOLDER_NOT_MADE where there can be no folder for it", async () => {
    const below = join(await fileOf("a file"), "operator.key");
    await expect(writeKeyFile(below, "key")).rejects.toMatchObject({ code: "FOLDER_NOT_MADE" });
  });
});

describe("an account's key", () => {
  it("is new each time, 32 bytes in hex", () => {
    const keys = new Set(Array.from({ length: 50 }, newAccountKey));
    expect(keys.size).toBe(50);
    for (const key of keys) expect(key).toMatch(/^0x[0-9a-f]{64}$/);
  });

  const secret = `0x${"5e".repeat(31)}`;
  it.each([
    ["a byte short", secret],
    ["a byte long", `${secret}5e5e`],
    ["in capitals", `0x${"5E".repeat(32)}`],
    ["without 0x", "5e".repeat(32)],
    ["zero", `0x${"00".repeat(32)}`],
    ["past the curve's order", `0x${"ff".repeat(32)}`],
    ["two keys", `${secret}5e\n${secret}5e`],
    ["nothing", ""],
  ])("is KEY_MALFORMED when it is %s, and never in the message", async (_what, content) => {
    const file = await fileOf(content);
    const problem = problemOf(() => readAccountKey(file));
    expect(problem).toMatchObject({ code: "KEY_MALFORMED" });
    expect(problem.detail).toContain(file);
    expect(allWordsOf(problem)).not.toMatch(/5e5e|5E5E|ffff|0000/);
  });

  it("is KEY_NOT_FOUND where there is no file, KEY_MALFORMED where it is larger than any key", async () => {
    expect(problemOf(() => readAccountKey(newFile()))).toMatchObject({ code: "KEY_NOT_FOUND" });
    const large = await fileOf("5e".repeat(3_000));
    expect(problemOf(() => readAccountKey(large))).toMatchObject({ code: "KEY_MALFORMED" });
    expect(problemOf(() => readAccountKey(folder))).toMatchObject({ code: "KEY_MALFORMED" });
  });
});

describe("a signing key", () => {
  it("is a JWK on P-256 whose signatures are good", async () => {
    const key = signingKeyFrom("citizen.jwk", JSON.stringify(newSigningKeyJwk()));
    const message = new TextEncoder().encode("亮证");
    const signature = key.sign(message);
    expect(signature).toHaveLength(64);
    const { verifyEs256 } = await loadPrimitives();
    expect(verifyEs256(key.publicKey, message, signature)).toBe(true);
  });

  const jwk = newSigningKeyJwk();
  it.each([
    ["not JSON", `{"d":"${String(jwk.d)}"`],
    ["of another curve", JSON.stringify({ ...jwk, crv: "P-384" })],
    ["a public key", JSON.stringify({ ...jwk, d: undefined })],
    ["of another kind", JSON.stringify({ kty: "oct", k: jwk.d })],
    ["an account's key", newAccountKey()],
    ["null", "null"],
  ])("is KEY_MALFORMED when it is %s, and never in the message", (_what, content) => {
    const problem = problemOf(() => signingKeyFrom("citizen.jwk", content));
    expect(problem).toMatchObject({ code: "KEY_MALFORMED" });
    expect(problem.detail).toContain("citizen.jwk");
    expect(problem.cause).toBeUndefined();
    expect(allWordsOf(problem)).not.toContain(String(jwk.d));
  });
});
