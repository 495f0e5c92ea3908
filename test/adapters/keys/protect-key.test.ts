/** Key files encrypted in their place, and what may be known of each kind. */
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { computeAddress } from "ethers";
import { accountKey } from "../../../src/adapters/keys/account-key.ts";
import { newStoreKeyText, readStoreKey } from "../../../src/adapters/keys/file-wrapping.ts";
import { keyContents } from "../../../src/adapters/keys/key-contents.ts";
import { readOpenedKey } from "../../../src/adapters/keys/opened-key.ts";
import { changeKeyPassword, encryptKeyFile } from "../../../src/adapters/keys/protect-key.ts";
import { newSm2KeyJwk } from "../../../src/adapters/store/document-key-file.ts";
import { newSigningKeyJwk } from "../../../src/adapters/store/key-files.ts";
import { fromBase64Url, toHex } from "../../../src/core/encoding/bytes.ts";
import { PROVINCE } from "../../support/dev-accounts.ts";
import { PASSWORD, nobody, typing, wordsOfRefusal } from "../../support/passwords.ts";

const folder = mkdtempSync(join(tmpdir(), "lz-protect-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

let count = 0;
function fileOf(content: unknown): string {
  const file = join(folder, `${String(++count)}.key`);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

const typed = typing(PASSWORD);
const OTHER = "another password";

describe("a key file is encrypted in its place, and opens with the password alone", () => {
  it("an account's", async () => {
    const file = fileOf(`${PROVINCE.key}\n`);
    await encryptKeyFile(file, typed);
    expect(readFileSync(file, "utf8")).not.toContain(PROVINCE.key.slice(2, 12));
    expect(accountKey(file, nobody).address).toBe(PROVINCE.address);
    await accountKey(file, typed).unlock();
    await changeKeyPassword(file, typing(PASSWORD, OTHER));
    await accountKey(file, typing(OTHER)).unlock();
    await expect(accountKey(file, typed).unlock()).rejects.toThrow("KEY_PASSWORD_WRONG");
  });

  it.each([
    ["a holder's", newSigningKeyJwk()],
    ["an SM2 key of documents", newSm2KeyJwk()],
  ])("%s", async (_what, jwk) => {
    const file = fileOf(jwk);
    expect(JSON.parse(await readOpenedKey(file, nobody))).toEqual(jwk);
    await encryptKeyFile(file, typed);
    expect(readFileSync(file, "utf8")).toMatch(/^eyJ/);
    expect(JSON.parse(await readOpenedKey(file, typed))).toEqual(jwk);
    await changeKeyPassword(file, typing(PASSWORD, OTHER));
    expect(JSON.parse(await readOpenedKey(file, typing(OTHER)))).toEqual(jwk);
    await expect(readOpenedKey(file, typed)).rejects.toThrow("KEY_PASSWORD_WRONG");
  });

  it("the store's, which stays the same key", async () => {
    const file = fileOf(newStoreKeyText());
    const { id } = await readStoreKey(file, nobody);
    await encryptKeyFile(file, typed);
    expect((await readStoreKey(file, typed)).id).toBe(id);
  });

  it("and leaves nothing else in its folder", () => {
    const names = Array.from({ length: count }, (_, i) => `${String(i + 1)}.key`);
    expect(readdirSync(folder).sort()).toEqual(names.sort());
  });
});

describe("what can't be encrypted stays as it is: KEY_MALFORMED", () => {
  it.each([
    ["a description of where a key is", { kind: "remote" }, "the key is not in this file"],
    ["a public key", { ...newSigningKeyJwk(), d: undefined }, "a key that is not encrypted"],
    ["a text", "hello", "an account's key expected"],
  ])("%s", async (_what, content, detail) => {
    const file = fileOf(content);
    const before = readFileSync(file, "utf8");
    await expect(encryptKeyFile(file, typed)).rejects.toThrow(`KEY_MALFORMED: ${file}: ${detail}`);
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  it("what is encrypted already, of either form", async () => {
    for (const content of [PROVINCE.key, JSON.stringify(newSigningKeyJwk())]) {
      const file = fileOf(content);
      await encryptKeyFile(file, typed);
      const again = encryptKeyFile(file, typed);
      await expect(again).rejects.toThrow(`KEY_MALFORMED: ${file}: it is encrypted already`);
    }
  });

  it("a password is changed of an encrypted key alone, by who knows the old one", async () => {
    const plain = changeKeyPassword(fileOf(PROVINCE.key), typed);
    await expect(plain).rejects.toThrow("an encrypted key expected; see lz key encrypt");
    const file = fileOf(newSigningKeyJwk());
    await encryptKeyFile(file, typed);
    const before = readFileSync(file, "utf8");
    const refused = changeKeyPassword(file, typing(OTHER, "a third password"));
    await expect(refused).rejects.toMatchObject({ code: "KEY_PASSWORD_WRONG" });
    expect(await wordsOfRefusal(refused)).not.toContain(OTHER);
    expect(readFileSync(file, "utf8")).toBe(before);
  });
});

describe("what may be known of a key file", () => {
  const pair = generateKeyPairSync("ec", { namedCurve: "secp256k1" });
  const { x, y } = pair.publicKey.export({ format: "jwk" });
  const point = [x, y].map((part) => toHex(fromBase64Url(String(part)) ?? new Uint8Array()));
  const tokenAddress = computeAddress(`0x04${point.join("")}`).toLowerCase();
  const jwk = newSigningKeyJwk();
  const p256 = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const pem = { type: "spki", format: "pem" } as const;
  const remote = { kind: "remote", url: "https://signer", address: PROVINCE.address };
  const transit = { kind: "transit", url: "https://v/v1/transit/keys/k", tokenFile: "t" };

  it.each([
    ["an account's key", PROVINCE.key, "account", "plain", PROVINCE.address],
    ["a signing service's", remote, "account", "elsewhere", PROVINCE.address],
    ["a token's public key", pair.publicKey.export(pem), "account", "public", tokenAddress],
    ["a holder's key", jwk, "signing", "plain", JSON.stringify(jwk)],
    ["a public key", { ...jwk, d: undefined }, "signing", "public", undefined],
    ["a public key in PEM", p256.publicKey.export(pem), "signing", "public", undefined],
    [
      "a private key in PEM",
      p256.privateKey.export({ type: "pkcs8", format: "pem" }),
      ...(["signing", "plain", undefined] as const),
    ],
    ["a store's key", "5e".repeat(32), "store", "plain", undefined],
    ["a key service's", transit, "store", "elsewhere", "transit:transit/k"],
  ])("%s", async (_what, content, of, protection, name) => {
    const contents: any = await keyContents(fileOf(content), nobody);
    expect([contents.of, contents.protection]).toEqual([of, protection]);
    const known = contents.address ?? contents.id ?? contents.text;
    if (name !== undefined) expect(known).toBe(name);
    expect(JSON.stringify(contents)).not.toContain("5e5e5e");
  });

  it("the address of an encrypted account without its password; of others with it", async () => {
    const [account, holder, store] = [fileOf(PROVINCE.key), fileOf(jwk), fileOf("5e".repeat(32))];
    const { id }: any = await keyContents(store, nobody);
    for (const file of [account, holder, store]) await encryptKeyFile(file, typed);
    const encrypted = { protection: "password" };
    const { address } = PROVINCE;
    expect(await keyContents(account, nobody)).toEqual({ of: "account", ...encrypted, address });
    expect(await keyContents(holder, typed)).toMatchObject({ of: "signing", ...encrypted });
    expect(await keyContents(store, typed)).toEqual({ of: "store", ...encrypted, id });
  });
});
