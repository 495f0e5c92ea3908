/** Signing through a program: a PKCS#11 token as docs/keys.md sets it up, openssl, and programs that misbehave. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Transaction, Wallet, computeAddress } from "ethers";
import { accountKey } from "../../../src/adapters/keys/account-key.ts";
import { SECP256K1_ORDER, signatureOf } from "../../../src/adapters/keys/digest-signature.ts";
import { toHex } from "../../../src/core/encoding/bytes.ts";
import type { TransactionSigner, UnsignedTransaction } from "../../../src/ports/keys.ts";
import { CITY, PROVINCE } from "../../support/dev-accounts.ts";
import { runBlocks, shellBlocks, writeEntry } from "../../support/documented-commands.ts";
import { nobody, wordsOfRefusal } from "../../support/passwords.ts";
import { installToken } from "../../support/pkcs11.ts";
import { seededBytes } from "../../support/seeded.ts";

const folder = mkdtempSync(join(tmpdir(), "lz-command-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const TRANSACTION: UnsignedTransaction = {
  ...{ chainId: 31_337, nonce: 0, to: CITY.address, data: "0xdeadbeef", value: 0n },
  ...{ gasLimit: 60_000n, fees: { maxFeePerGas: 3n, maxPriorityFeePerGas: 1n } },
};
const numbered = (nonce: number): UnsignedTransaction => ({ ...TRANSACTION, nonce });
const signerOf = (raw: string): string | undefined => Transaction.from(raw).from?.toLowerCase();

let count = 0;
function signer(script: string, more: object = {}): TransactionSigner {
  const program = join(folder, `${String(++count)}.sh`);
  writeFileSync(program, `#!/bin/sh\n${script}\n`, { mode: 0o700 });
  return describedSigner({ command: [program], ...more });
}

function describedSigner(more: object): TransactionSigner {
  const file = join(folder, `${String(++count)}.json`);
  writeFileSync(file, JSON.stringify({ kind: "command", address: PROVINCE.address, ...more }));
  return accountKey(file, nobody);
}

describe("a PKCS#11 token behind the documented program", () => {
  let token: string;
  let pem: string;
  beforeAll(async () => {
    installToken();
    token = join(folder, "token");
    execFileSync("mkdir", [token]);
    writeEntry(token);
    await runBlocks(token, shellBlocks("docs/keys.md", "A PKCS#11 token"));
    pem = readFileSync(join(token, "token.pem"), "utf8");
  });

  it("signs transactions that ethers takes for the token's account, and the key never leaves it", async () => {
    const key = accountKey(join(token, "token.json"), nobody);
    expect(key.kind).toBe("command");
    for (const nonce of [0, 1, 2, 3]) {
      const raw = await key.sign(numbered(nonce));
      expect(signerOf(raw)).toBe(key.address);
      expect(Transaction.from(raw).nonce).toBe(nonce);
    }
    expect(pem).toContain("PUBLIC KEY");
  });

  it("is refused with a wrong PIN, which no message tells: SIGNER_REFUSED", async () => {
    const pin = readFileSync(join(token, "pin"), "utf8");
    writeFileSync(join(token, "pin"), "97531\n");
    const refused = accountKey(join(token, "token.json"), nobody).sign(TRANSACTION);
    await expect(refused).rejects.toMatchObject({
      code: "SIGNER_REFUSED",
      detail: expect.stringMatching(/sign\.sh: it ended with code 1$/),
    });
    expect(await wordsOfRefusal(refused)).not.toContain("97531");
    writeFileSync(join(token, "pin"), pin);
  });
});

describe("openssl as the program, which answers in DER", () => {
  it("signs, whichever of the two s it finds", async () => {
    const key = join(folder, "openssl.pem");
    execFileSync("openssl", ["ecparam", "-name", "secp256k1", "-genkey", "-noout", "-out", key]);
    const jwk = execFileSync("openssl", ["pkey", "-in", key, "-pubout", "-outform", "DER"]);
    const publicKey = `0x${toHex(jwk.subarray(-65))}`;
    const address = computeAddress(publicKey).toLowerCase();
    const sign = `tr a-f A-F | basenc --base16 -d > ${key}.digest
openssl pkeyutl -sign -inkey ${key} -in ${key}.digest | od -An -v -tx1 | tr -d ' \\n'`;
    const program = signer(sign, { address });
    for (let nonce = 0; nonce < 12; nonce++)
      expect(signerOf(await program.sign(numbered(nonce)))).toBe(address);
  });
});

describe("a program that misbehaves", () => {
  const answer = (hex: string): string => `cat >/dev/null; echo ${hex}`;
  const digest = Transaction.from({ ...plain(TRANSACTION) }).unsignedHash;
  const foreign = new Wallet(CITY.key).signingKey.sign(digest);
  const other = new Wallet(PROVINCE.key).signingKey.sign(`0x${"11".repeat(32)}`);
  it.each([
    ["signs with another key", answer(foreign.r + foreign.s.slice(2)), "did not sign with the key"],
    ["signs something else", answer(other.r + other.s.slice(2)), "did not sign with the key"],
    ["says nothing", "cat >/dev/null", "no signature in hex"],
    ["says garbage", answer("not-a-signature"), "no signature in hex"],
    ["says half a signature", answer(foreign.r), "did not sign with the key"],
    ["says zeros", answer("00".repeat(64)), "did not sign with the key"],
    ["says more than any signature", answer("ab".repeat(2_000)), "the answer is too long"],
    ["never stops", "yes 00", "the answer is too long"],
    ["fails", "echo the PIN is 97531 >&2; exit 3", "it ended with code 3"],
    ["does not read", "exit 1", "it ended with code 1"],
  ])("%s: SIGNER_REFUSED", async (_what, script, detail) => {
    const refused = signer(script).sign(TRANSACTION);
    await expect(refused).rejects.toMatchObject({
      code: "SIGNER_REFUSED",
      detail: expect.stringContaining(detail),
    });
    expect(await wordsOfRefusal(refused)).not.toContain("97531");
  });

  it.each([
    ["never answers", "cat >/dev/null; sleep 30"],
    ["answers and never ends", `${answer(foreign.r)}; sleep 30`],
  ])("%s: SIGNER_UNREACHABLE, in time", async (_what, script) => {
    const started = Date.now();
    const signing = signer(script, { timeoutSeconds: 0.5 }).sign(TRANSACTION);
    await expect(signing).rejects.toMatchObject({ code: "SIGNER_UNREACHABLE" });
    expect(Date.now() - started).toBeLessThan(5_000);
  });

  it("is not there: SIGNER_UNREACHABLE with its name", async () => {
    const signing = describedSigner({ command: ["./none.sh"] }).sign(TRANSACTION);
    await expect(signing).rejects.toMatchObject({
      code: "SIGNER_UNREACHABLE",
      detail: join(folder, "none.sh"),
    });
  });
});

describe("how a program is started", () => {
  it("by itself, not by a shell: its arguments are taken as they are, in the file's folder", async () => {
    const seen = join(folder, "seen");
    const script = `printf '%s|' "$@" "$PWD" > ${seen}; cat >> ${seen}; exit 1`;
    writeFileSync(join(folder, "show.sh"), `#!/bin/sh\n${script}\n`, { mode: 0o700 });
    const command = ["./show.sh", "$(touch broken)", "; exit 0", "*"];
    await expect(describedSigner({ command }).sign(TRANSACTION)).rejects.toThrow("SIGNER_REFUSED");
    const { unsignedHash } = Transaction.from({ ...plain(TRANSACTION) });
    const line = `$(touch broken)|; exit 0|*|${folder}|${unsignedHash.slice(2)}\n`;
    expect(readFileSync(seen, "utf8")).toBe(line);
  });

  it("from the path, where it is named without one", async () => {
    const script = `read digest; echo "$1"`;
    const { r, s } = new Wallet(PROVINCE.key).signingKey.sign(
      Transaction.from({ ...plain(TRANSACTION) }).unsignedHash,
    );
    const command = ["sh", "-c", script, "sh", `${r}${s.slice(2)}1b`];
    const raw = await describedSigner({ command }).sign(TRANSACTION);
    expect(raw).toBe(await new Wallet(PROVINCE.key).signTransaction(plain(TRANSACTION)));
  });
});

describe("a signature over a digest", () => {
  const digest = `0x${toHex(seededBytes("digest", 32))}`;
  const { r, s, v } = new Wallet(PROVINCE.key).signingKey.sign(digest);
  const bytes = (...parts: string[]): Uint8Array => Buffer.from(parts.join(""), "hex");
  const [rHex, sHex] = [r.slice(2), s.slice(2)];
  const high = (SECP256K1_ORDER - BigInt(s)).toString(16).padStart(64, "0");
  const integer = (hex: string): string => {
    const positive = Number.parseInt(hex.slice(0, 2), 16) > 127 ? `00${hex}` : hex;
    return `02${(positive.length / 2).toString(16).padStart(2, "0")}${positive}`;
  };
  const der = (left: string, right: string): string => {
    const content = `${integer(left)}${integer(right)}`;
    return `30${(content.length / 2).toString(16)}${content}`;
  };

  it.each([
    ["r and s", bytes(rHex, sHex)],
    ["r, s and a v that may be wrong", bytes(rHex, sHex, "00")],
    ["r and a high s", bytes(rHex, high)],
    ["DER", bytes(der(rHex, sHex))],
    ["DER with a high s", bytes(der(rHex, high))],
  ])("is read from %s, and becomes what the chain takes", (_what, signature) => {
    const read = signatureOf(signature, digest, PROVINCE.address);
    expect([read?.r, read?.s, read?.v]).toEqual([r, s, v]);
  });

  it.each([
    ["nothing", bytes("")],
    ["a byte too few", bytes(rHex, sHex.slice(2))],
    ["r past the curve's order", bytes("ff".repeat(32), sHex)],
    ["an r that is no point's", bytes("00".repeat(31), "05", sHex)],
    ["DER with a byte too many", bytes(der(rHex, sHex), "00")],
    ["DER cut short", bytes(der(rHex, sHex).slice(0, -2))],
    ["DER of something else", bytes("3003010101")],
    ["DER of one number", bytes("30030201", "01")],
    ["DER with an empty number", bytes("300402000200")],
    ["DER with a number that is too long", bytes("3024", "0222", "01".repeat(34))],
  ])("is none for %s", (_what, signature) => {
    expect(signatureOf(signature, digest, PROVINCE.address)).toBeNull();
  });
});

function plain({ to, fees, ...rest }: UnsignedTransaction): object {
  return { ...rest, ...fees, to, type: "gasPrice" in fees ? 0 : 2 };
}
