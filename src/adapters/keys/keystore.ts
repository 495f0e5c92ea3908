/** An account's key encrypted with a password: Web3 Secret Storage, version 3, as wallets and nodes write it. */
import { scrypt as nativeScrypt } from "node:crypto";
import type { BinaryLike, ScryptOptions } from "node:crypto";
import { promisify } from "node:util";
import { Wallet, decryptKeystoreJson, encryptKeystoreJson, scrypt } from "ethers";
import { Problem } from "../../core/problem.ts";
import type { TransactionSigner } from "../../ports/keys.ts";
import { walletSigner } from "../chain/wallet-signer.ts";
import { malformed } from "./key-description.ts";
import type { Passwords } from "./passwords.ts";

/** As Geth's own: 128 MiB and about half a second for each password that somebody tries. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1 };
/** Past these a file is no keystore but a way to fill the memory. */
const MAX_SCRYPT_MEMORY = 2 ** 30;
const MAX_ROUNDS = 10_000_000;
const ADDRESS = /^(0x)?[0-9a-f]{40}$/;

type Members = Readonly<Record<string, unknown>>;

const stretch = promisify<BinaryLike, BinaryLike, number, ScryptOptions, Buffer>(nativeScrypt);

/** Node's own, beside the event loop, in place of the library's JavaScript. */
scrypt.register(async (...order) => {
  const [password, salt, N, r, p, length] = order;
  const options = { N, r, p, maxmem: 256 * N * r };
  return new Uint8Array(await stretch(password, salt, length, options));
});

export function isKeystore(members: Members): boolean {
  return members["version"] === 3;
}

export function encryptAccountKey(privateKey: string, password: string): Promise<string> {
  const account = { address: new Wallet(privateKey).address, privateKey };
  return encryptKeystoreJson(account, password, { scrypt: SCRYPT });
}

/** @throws Problem KEY_PASSWORD_WRONG, KEY_MALFORMED, which never quote the file */
export async function decryptAccountKey(
  file: string,
  members: Members,
  password: string,
): Promise<string> {
  requireBounded(file, members);
  try {
    return (await decryptKeystoreJson(JSON.stringify(members), password)).privateKey;
  } catch (error) {
    const isPassword = error instanceof Error && error.message.startsWith("incorrect password");
    if (isPassword) throw new Problem("KEY_PASSWORD_WRONG", file);
    throw malformed(file, "a keystore of version 3 expected");
  }
}

/** @throws Problem KEY_MALFORMED: without its address a file does not say whose it is */
export function keystoreAddress(file: string, { address }: Members): string {
  const text = typeof address === "string" ? address.toLowerCase() : "";
  if (ADDRESS.test(text)) return `0x${text.slice(-40)}`;
  throw malformed(file, "a keystore with its address expected");
}

/** The password is asked for once, when something is signed or the key is unlocked before that. */
export function keystoreSigner(
  file: string,
  members: Members,
  passwords: Passwords,
): TransactionSigner & { unlock(): Promise<void> } {
  let opened: Promise<TransactionSigner> | null = null;
  const open = async (): Promise<TransactionSigner> => {
    const password = await passwords.current(file);
    return walletSigner(await decryptAccountKey(file, members, password));
  };
  const signer = (): Promise<TransactionSigner> => (opened ??= open());
  return {
    address: keystoreAddress(file, members),
    sign: async (transaction) => (await signer()).sign(transaction),
    unlock: async () => {
      await signer();
    },
  };
}

function requireBounded(file: string, members: Members): void {
  const parameters = memberOf(memberOf(members, "crypto"), "kdfparams");
  const [n, r, p, c] = ["n", "r", "p", "c"].map((name) => Number(memberOf(parameters, name) ?? 0));
  const memory = 128 * Number(n) * Number(r) * Number(p);
  if (memory > MAX_SCRYPT_MEMORY || Number(c) > MAX_ROUNDS)
    throw malformed(file, "its password is stretched beyond all measure");
}

/** Whatever its case, as the library that opens keystores finds it. */
function memberOf(value: unknown, name: string): unknown {
  const members = Object.entries((value ?? {}) as Members);
  return members.find(([key]) => key.toLowerCase() === name)?.[1];
}
