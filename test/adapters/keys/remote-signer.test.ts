/** Signing through eth_signTransaction: a real node that keeps keys, and services that cheat. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Transaction, Wallet, decodeRlp, encodeRlp } from "ethers";
import { accountKey } from "../../../src/adapters/keys/account-key.ts";
import { SECP256K1_ORDER } from "../../../src/adapters/keys/digest-signature.ts";
import { startAnvil } from "../../support/anvil.ts";
import type { Anvil } from "../../support/anvil.ts";
import { CITY, PROVINCE } from "../../support/dev-accounts.ts";
import { endless, startJsonService } from "../../support/json-service.ts";
import type { Answer, JsonService } from "../../support/json-service.ts";
import { NOWHERE } from "../../support/odd-servers.ts";
import { nobody } from "../../support/passwords.ts";
import { makeCertificates } from "../../support/tls.ts";
import type { TransactionSigner, UnsignedTransaction } from "../../../src/ports/keys.ts";

const folder = mkdtempSync(join(tmpdir(), "lz-remote-"));
let anvil: Anvil;
beforeAll(async () => {
  anvil = await startAnvil();
});
afterAll(async () => {
  await anvil.stop();
  rmSync(folder, { recursive: true });
});

let count = 0;
function fileOf(content: unknown): string {
  const file = join(folder, `${String(++count)}.json`);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

function signerAt(url: string, more: object = {}): TransactionSigner {
  const description = { kind: "remote", url, address: PROVINCE.address, ...more };
  return accountKey(fileOf(description), nobody);
}

const DYNAMIC: UnsignedTransaction = {
  chainId: 31_337,
  nonce: 0,
  to: CITY.address,
  data: "0xdeadbeef",
  value: 0n,
  gasLimit: 60_000n,
  fees: { maxFeePerGas: 3_000_000_000n, maxPriorityFeePerGas: 1_000_000_000n },
};
const LEGACY: UnsignedTransaction = { ...DYNAMIC, fees: { gasPrice: 0n } };
/** As a deployment's: PUSH0 PUSH0 RETURN. */
const CREATION: UnsignedTransaction = { ...DYNAMIC, to: null, data: "0x5f5ff3", nonce: 258 };

function plain({ to, fees, ...rest }: UnsignedTransaction): object {
  return { ...rest, ...fees, to, type: "gasPrice" in fees ? 0 : 2 };
}

describe("a node that keeps the key (anvil)", () => {
  it.each([
    ["with both fees", DYNAMIC],
    ["with a gas price", LEGACY],
    ["of a new contract", CREATION],
  ])("signs a transaction %s, to the byte as the key itself would", async (_what, transaction) => {
    const raw = await signerAt(anvil.rpc).sign(transaction);
    expect(raw).toBe(await new Wallet(PROVINCE.key).signTransaction(plain(transaction)));
  });

  it("signs what is mined", async () => {
    const raw = await signerAt(anvil.rpc).sign(DYNAMIC);
    const receipt = await anvil.mine(raw);
    expect([receipt.status, receipt.from]).toEqual(["0x1", PROVINCE.address]);
  });

  it("refuses for an account whose key it has not: SIGNER_REFUSED with its words", async () => {
    const stranger = signerAt(anvil.rpc, { address: `0x${"7e".repeat(20)}` });
    await expect(stranger.sign(DYNAMIC)).rejects.toMatchObject({
      code: "SIGNER_REFUSED",
      detail: expect.stringMatching(/it refused: .*signer/i),
    });
  });
});

async function withService(
  answer: Answer,
  work: (service: JsonService) => Promise<void>,
): Promise<void> {
  const service = await startJsonService(answer);
  try {
    await work(service);
  } finally {
    await service.close();
  }
}

/** Signs with a key what it was asked for, but for a change. */
function signing(change: object, key = PROVINCE.key, of = DYNAMIC): Answer {
  return async () => ({
    body: { result: await new Wallet(key).signTransaction({ ...plain(of), ...change }) },
  });
}

function withHighS(): Answer {
  const transaction = Transaction.from(plain(DYNAMIC));
  const { r, s, yParity } = new Wallet(PROVINCE.key).signingKey.sign(transaction.unsignedHash);
  const high = `0x${(SECP256K1_ORDER - BigInt(s)).toString(16)}`;
  const fields = decodeRlp(`0x${transaction.unsignedSerialized.slice(4)}`) as string[];
  const signed = encodeRlp([...fields, yParity === 0 ? "0x01" : "0x", r, high]);
  const result = `0x02${signed.slice(2)}`;
  expect(Transaction.from(result).from?.toLowerCase()).toBe(PROVINCE.address);
  return () => ({ body: { result } });
}

describe("a signing service is believed in nothing: SIGNER_REFUSED", () => {
  const honest = (): Promise<string> => new Wallet(PROVINCE.key).signTransaction(plain(DYNAMIC));
  const blob = { accessList: [{ address: CITY.address, storageKeys: [] }] };
  it.each<[string, Answer, string]>([
    ["another nonce", signing({ nonce: 1 }), "it signed another nonce"],
    ["another recipient", signing({ to: PROVINCE.address }), "it signed another to"],
    ["a new contract", signing({ to: null }), "it signed another to"],
    ["other data", signing({ data: "0xdeadbeee" }), "it signed another data"],
    ["coins", signing({ value: 1n }), "it signed another value"],
    ["another chain", signing({ chainId: 1 }), "it signed another chainId"],
    ["more gas", signing({ gasLimit: 60_001n }), "it signed another gasLimit"],
    ["a higher fee", signing({ maxFeePerGas: 4_000_000_000n }), "another maxFeePerGas"],
    ["a higher tip", signing({ maxPriorityFeePerGas: 2_000_000_000n }), "maxPriorityFeePerGas"],
    ["another kind", signing({}, PROVINCE.key, LEGACY), "it signed another type"],
    ["a field that has no name here", signing(blob), "it signed another field"],
    ["another key", signing({}, CITY.key), `with the key of ${CITY.address}`],
    ["a high s", withHighS(), "a high s"],
    ["a byte too many", async () => ({ body: { result: `${await honest()}00` } }), "no signed"],
    [
      "a byte too few",
      async () => ({ body: { result: (await honest()).slice(0, -2) } }),
      "no sign",
    ],
    [
      "no signature",
      () => ({ body: { result: Transaction.from(plain(DYNAMIC)).unsignedSerialized } }),
      "no signed transaction",
    ],
    ["a number", () => ({ body: { result: 7 } }), "no signed transaction"],
    ["nothing", () => ({ body: { result: null } }), "no signed transaction"],
    ["garbage", () => ({ body: "<html>" }), "no signed transaction"],
    ["an answer without end", (_asked, response) => endless(response), "the answer is too long"],
    ["no entry", () => ({ status: 401, body: "" }), "it answered 401"],
    ["a way elsewhere", () => ({ status: 302, body: "" }), "it answered 302"],
    ["no reason", () => ({ body: { error: 7 } }), "it refused"],
  ])("%s", async (_what, answer, detail) => {
    await withService(answer, async ({ url }) => {
      await expect(signerAt(url).sign(DYNAMIC)).rejects.toMatchObject({
        code: "SIGNER_REFUSED",
        detail: expect.stringContaining(detail),
      });
    });
  });

  it("takes the bytes as Geth and Clef give them, beside the transaction", async () => {
    const answer = async (): Promise<object> => ({ raw: await honest(), tx: {} });
    await withService(
      async () => ({ body: { result: await answer() } }),
      async ({ url }) => {
        expect(await signerAt(url).sign(DYNAMIC)).toBe(await honest());
      },
    );
  });
});

describe("a signing service that is not to be had: SIGNER_UNREACHABLE", () => {
  it.each<[string, Answer]>([
    ["never answers", () => null],
    ["stops in the middle", (_asked, response) => (response.write('{"result":"0x'), null)],
    ["has too much to do", () => ({ status: 429, body: "" })],
    ["is out of order", () => ({ status: 502, body: "" })],
    ["hangs up", (_asked, response) => (response.destroy(), null)],
  ])("it %s", async (_what, answer) => {
    await withService(answer, async ({ url }) => {
      const signing = signerAt(url, { timeoutSeconds: 0.4 }).sign(DYNAMIC);
      await expect(signing).rejects.toMatchObject({
        code: "SIGNER_UNREACHABLE",
        detail: expect.stringContaining(url),
      });
    });
  });

  it("nothing listens there", async () => {
    const signing = signerAt(NOWHERE).sign(DYNAMIC);
    await expect(signing).rejects.toMatchObject({ code: "SIGNER_UNREACHABLE" });
  });
});

describe("who asks a signing service", () => {
  it("says so with a token, which no message repeats", async () => {
    const tokenFile = fileOf("s3cret-of-the-signer\n");
    const answer: Answer = ({ headers }) => ({
      body: { error: { message: `no such account for ${String(headers.authorization)}` } },
    });
    await withService(answer, async ({ url, asked }) => {
      await expect(signerAt(url, { tokenFile }).sign(DYNAMIC)).rejects.toMatchObject({
        code: "SIGNER_REFUSED",
        detail: `${url}: it refused`,
      });
      expect(asked[0]?.headers.authorization).toBe("Bearer s3cret-of-the-signer");
      expect(asked[0]?.body).toMatchObject({
        method: "eth_signTransaction",
        params: [{ from: PROVINCE.address, chainId: "0x7a69", nonce: "0x0", gas: "0xea60" }],
      });
    });
  });

  it("says KEY_NOT_FOUND where the token is missing, before anything is asked", async () => {
    await withService(signing({}), async ({ url, asked }) => {
      const signer = signerAt(url, { tokenFile: "none" });
      await expect(signer.sign(DYNAMIC)).rejects.toMatchObject({ code: "KEY_NOT_FOUND" });
      expect(asked).toEqual([]);
    });
  });

  it("shows its certificate, and trusts whom the named authority vouches for", async () => {
    const { server, caFile, ...own } = makeCertificates(folder);
    const secure = await startJsonService(signing({}), server);
    const raw = await signerAt(secure.url, { caFile, ...own }).sign(DYNAMIC);
    expect(Transaction.from(raw).from?.toLowerCase()).toBe(PROVINCE.address);
    for (const files of [{ caFile }, own]) {
      const signing = signerAt(secure.url, files).sign(DYNAMIC);
      await expect(signing).rejects.toMatchObject({ code: "SIGNER_UNREACHABLE" });
    }
    await secure.close();
  });
});
