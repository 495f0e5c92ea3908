/** Accounts' keys in keystores of version 3: ours, and those of the format's own specification. */
import { createDecipheriv, scryptSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Transaction, keccak256 } from "ethers";
import { accountKey } from "../../../src/adapters/keys/account-key.ts";
import type { Passwords } from "../../../src/adapters/keys/passwords.ts";
import { decryptAccountKey, encryptAccountKey } from "../../../src/adapters/keys/keystore.ts";
import { PROVINCE } from "../../support/dev-accounts.ts";
import { PASSWORD, nobody, typing } from "../../support/passwords.ts";

const folder = mkdtempSync(join(tmpdir(), "lz-keystore-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

let count = 0;
function fileOf(content: unknown): string {
  const file = join(folder, `${String(++count)}.key`);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

const TRANSFER = {
  ...{ chainId: 31_337, nonce: 7, to: PROVINCE.address, data: "0x", value: 1n, gasLimit: 21_000n },
  fees: { maxFeePerGas: 3n, maxPriorityFeePerGas: 1n },
};

let keystore: string;
let members: any;
beforeAll(async () => {
  keystore = await encryptAccountKey(PROVINCE.key, PASSWORD);
  members = JSON.parse(keystore);
});

/** The specification's own, by PBKDF2; the password is "testpassword". */
const VECTOR_KEY = "0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d";
const VECTOR = {
  crypto: {
    cipher: "aes-128-ctr",
    cipherparams: { iv: "6087dab2f9fdbbfaddc31a909735c1e6" },
    ciphertext: "5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
    kdf: "pbkdf2",
    kdfparams: {
      ...{ c: 262_144, dklen: 32, prf: "hmac-sha256" },
      salt: "ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd",
    },
    mac: "517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2",
  },
  id: "3198bc9c-6672-5ab3-d995-4942343ae5b6",
  version: 3,
};

describe("a keystore", () => {
  it("of the specification is opened", async () => {
    expect(await decryptAccountKey("vector.json", VECTOR, "testpassword")).toBe(VECTOR_KEY);
  });

  it("made here is opened by the steps of the specification, with node:crypto", () => {
    const { kdf, kdfparams, ciphertext, cipherparams, mac } = members.Crypto;
    expect([kdf, kdfparams.n, kdfparams.r, kdfparams.p]).toEqual(["scrypt", 2 ** 17, 8, 1]);
    const options = { N: kdfparams.n, r: kdfparams.r, p: kdfparams.p, maxmem: 2 ** 28 };
    const salt = Buffer.from(kdfparams.salt, "hex");
    const derived = scryptSync(PASSWORD.normalize("NFKC"), salt, 32, options);
    const encrypted = Buffer.from(ciphertext, "hex");
    expect(keccak256(Buffer.concat([derived.subarray(16), encrypted]))).toBe(`0x${mac}`);
    const iv = Buffer.from(cipherparams.iv, "hex");
    const cipher = createDecipheriv("aes-128-ctr", derived.subarray(0, 16), iv);
    expect(`0x${cipher.update(encrypted).toString("hex")}`).toBe(PROVINCE.key);
  });

  it("signs for its account, and asks for the password once, only when it signs", async () => {
    const asked: string[] = [];
    const passwords: Passwords = {
      ...nobody,
      current: (file) => Promise.resolve(asked.push(file)).then(() => PASSWORD),
    };
    const file = fileOf(keystore);
    const key = accountKey(file, passwords);
    expect([key.kind, key.address]).toEqual(["keystore", PROVINCE.address]);
    expect(asked).toEqual([]);
    const raw = await key.sign(TRANSFER);
    await key.sign({ ...TRANSFER, nonce: 8 });
    await key.unlock();
    expect(asked).toEqual([file]);
    expect(Transaction.from(raw).from?.toLowerCase()).toBe(PROVINCE.address);
  });

  it("says a wrong password before anything is signed: KEY_PASSWORD_WRONG", async () => {
    const file = fileOf(keystore);
    const wrong = { code: "KEY_PASSWORD_WRONG", detail: file };
    await expect(accountKey(file, typing("wrong")).unlock()).rejects.toMatchObject(wrong);
    await expect(accountKey(file, typing("wrong")).sign(TRANSFER)).rejects.toMatchObject(wrong);
  });

  it("names the account whose key it holds: another address is KEY_MALFORMED", async () => {
    const file = fileOf({ ...members, address: "00".repeat(20) });
    const key = accountKey(file, typing(PASSWORD));
    await expect(key.unlock()).rejects.toMatchObject({ code: "KEY_MALFORMED" });
  });

  it.each([
    ["no address", { address: undefined }],
    ["an address cut short", { address: "00" }],
  ])("is KEY_MALFORMED with %s", (_what, change) => {
    const file = fileOf({ ...members, ...change });
    expect(() => accountKey(file, nobody)).toThrow(`KEY_MALFORMED: ${file}: a keystore with`);
  });

  it.each([
    ["memory for an hour", { kdf: "scrypt", kdfparams: { n: 2 ** 30, r: 8, p: 1 } }],
    [
      "the same in capitals",
      {
        KDF: "scrypt",
        kdf: undefined,
        KDFParams: { N: 2 ** 30, R: 8, P: 1 },
        kdfparams: undefined,
      },
    ],
    ["rounds for an hour", { kdf: "pbkdf2", kdfparams: { c: 1e12, prf: "hmac-sha256" } }],
    ["another way to stretch", { kdf: "bcrypt" }],
    ["nothing in it", undefined],
  ])("is KEY_MALFORMED with %s, and asks no such thing of the machine", async (_what, crypto) => {
    const changed = crypto === undefined ? undefined : { ...members.Crypto, ...crypto };
    const file = fileOf({ ...members, Crypto: changed });
    const unlocking = accountKey(file, typing(PASSWORD)).unlock();
    await expect(unlocking).rejects.toMatchObject({ code: "KEY_MALFORMED" });
  });
});

describe("a key file says itself what it is", () => {
  it("a key in hex, which signs at once", async () => {
    const key = accountKey(fileOf(`${PROVINCE.key}\n`), nobody);
    expect([key.kind, key.address]).toEqual(["plain", PROVINCE.address]);
    await key.unlock();
    expect(Transaction.from(await key.sign(TRANSFER)).nonce).toBe(7);
  });

  const remote = { kind: "remote", url: "https://signer.example", address: PROVINCE.address };
  const command = { kind: "command", command: ["./sign.sh"], address: PROVINCE.address };
  it.each([
    ["an object of no kind", {}, "a keystore of version 3, or kind"],
    ["a kind nobody knows", { kind: "cloud" }, "a keystore of version 3, or kind"],
    ["a store's key", { kind: "transit" }, "a keystore of version 3, or kind"],
    ["a list", [], "an account's key expected"],
    ["no address", { ...remote, address: undefined }, "address"],
    ["an address cut short", { ...remote, address: "0x00" }, "address"],
    ["no url", { ...remote, url: undefined }, "url"],
    ["a url that is none", { ...remote, url: "signer" }, "url"],
    ["a url of another kind", { ...remote, url: "ftp://signer" }, "url"],
    ["a password in the url", { ...remote, url: "https://me:pw@signer" }, "url: no password"],
    [
      "a token for another machine without TLS",
      { ...remote, url: "http://signer.example", tokenFile: "token" },
      "url: https:// expected for another machine",
    ],
    ["a slip in a name", { ...remote, tokenfile: "token" }, "tokenfile is not known here"],
    ["a file that is none", { ...remote, caFile: 7 }, "caFile"],
    ["no time at all", { ...remote, timeoutSeconds: 0 }, "timeoutSeconds"],
    ["a day", { ...remote, timeoutSeconds: 86_400 }, "timeoutSeconds"],
    ["no program", { ...command, command: [] }, "command: a program"],
    ["a line for a shell", { ...command, command: "sign.sh" }, "command: a program"],
    ["a number among the words", { ...command, command: ["sign.sh", 7] }, "command: a program"],
    ["a program without a name", { ...command, command: [""] }, "command: a program"],
    ["a token for a program", { ...command, tokenFile: "token" }, "tokenFile is not known here"],
  ])("%s is KEY_MALFORMED, with the member at fault", (_what, content, fault) => {
    const file = fileOf(content);
    expect(() => accountKey(file, nobody)).toThrow(`KEY_MALFORMED: ${file}: ${fault}`);
  });

  it.each(["http://127.0.0.1:9000", "http://localhost:9000", "http://[::1]:9000"])(
    "a token may go without TLS to %s, which is this machine",
    (url) => {
      expect(accountKey(fileOf({ ...remote, url, tokenFile: "t" }), nobody).kind).toBe("remote");
    },
  );
});
