/** Keys of holders, of agencies' documents and of accounts: made, looked at, encrypted, tried out. */
import { Command } from "commander";
import { loadSettings } from "../config.ts";
import { Problem } from "../core/problem.ts";
import type { Words } from "../core/words.ts";
import {
  changePassword,
  encryptKey,
  makeKey,
  showKeyFile,
  tryToSign,
} from "../main/keys/key-management.ts";
import type { NewKeyKind, ShownKey } from "../main/keys/key-management.ts";
import { rotateKeys } from "../main/service/service-keys.ts";
import { integer } from "./terminal/options.ts";
import { createOutput } from "./terminal/output.ts";
import type { Output } from "./terminal/output.ts";
import { both } from "./terminal/wording.ts";

export function keyCommand(): Command {
  const command = new Command("key").description(
    "Keys in files: make, show, encrypt and try them\n密钥文件：生成、查看、加密、试签",
  );
  addNew(command);
  addShow(command);
  addEncrypt(command);
  addChangePassword(command);
  addRotate(command);
  addTry(command);
  return command;
}

const JSON_WORDS = "end with one line of JSON instead of words";

function addNew(command: Command): void {
  command
    .command("new")
    .description("Make a key and write it to a file that only its owner can read\n生成密钥")
    .requiredOption("--out <file>", "the file to write; it must not be there yet")
    .option("--sm2", "an SM2 key, for an agency's documents (国密签章密钥)")
    .option("--account", "an account's key (secp256k1), for an operator or authority (经办账户)")
    .option("--encrypt", "encrypt it with a password; it is so anyway with LZ_KEY_PASSWORD_FILE")
    .option("--json", JSON_WORDS)
    .addHelpText("after", NEW_NOTES)
    .action(newKey);
}

const PASSWORD_NOTES = `
A password is asked for on the terminal, without being shown; where there is none, LZ_KEY_PASSWORD_FILE names a file
whose first line it is. No flag takes one: flags can be seen by every user of a machine, and stay in a shell's history.`;

const NEW_NOTES = `
A holder's key is of P-256: its thumbprint goes into the holderKey column of the agency's file; the file stays with the
holder. An agency's document key may be of either kind; only its public half is put on the chain.
${PASSWORD_NOTES.trim()}

Examples:
  ./lz key new --out citizen.jwk
  ./lz key new --sm2 --encrypt --out seal.jwk
  ./lz key new --account --encrypt --out operator.json
Next: ./lz present --certificate FILE --key citizen.jwk
  or: ./lz agency document-key add 11310000MB1A00001C --public-key seal.jwk
  or: ./lz agency operator add 11310000MB1A00001C --account ADDRESS`;

function addShow(command: Command): void {
  command
    .command("show")
    .description("Show what may be known of a key: address, thumbprint, how it is kept\n查看密钥")
    .argument("<file>", "the key's file, or a public key in PEM")
    .option("--json", JSON_WORDS)
    .addHelpText("after", SHOW_NOTES)
    .action(showKey);
}

const SHOW_NOTES = `
The public key that a token gives out (PEM, secp256k1) shows its account's address.

Examples:
  ./lz key show citizen.jwk
  ./lz key show .liangzheng/keys/operator-11310000MB1A00001C.key
Next: ./lz key encrypt FILE`;

function addEncrypt(command: Command): void {
  command
    .command("encrypt")
    .description("Encrypt a key file with a password, in its place\n用口令加密密钥文件")
    .argument("<file>", "the key's file: of an account, a holder, documents, or the store")
    .option("--json", JSON_WORDS)
    .addHelpText("after", ENCRYPT_NOTES)
    .action(encryptFile);
}

const ENCRYPT_NOTES = `
An account's key becomes a keystore (Web3 Secret Storage 3), which wallets and nodes read; any other a JWE (RFC 7516,
PBES2). The new file is on the disk before the old one goes. Old bytes are overwritten, but backups, snapshots and the
spare blocks of an SSD may still have them: a key that matters is made with --encrypt to begin with.
Without the password the key is lost: keep it where the key is not.
${PASSWORD_NOTES.trim()}

Example:
  ./lz key encrypt .liangzheng/keys/operator-11310000MB1A00001C.key
Next: ./lz key try .liangzheng/keys/operator-11310000MB1A00001C.key`;

function addChangePassword(command: Command): void {
  command
    .command("change-password")
    .description("Encrypt a key file with another password\n更换口令")
    .argument("<file>", "the key's file, encrypted")
    .option("--new-password-file <file>", "a file whose first line it is (default: typed)")
    .option("--json", JSON_WORDS)
    .addHelpText("after", CHANGE_NOTES)
    .action(changeFilePassword);
}

const CHANGE_NOTES = `
The old password is typed, or in the file that LZ_KEY_PASSWORD_FILE names. Whoever has a copy of the old file and the
old password still has the key: where one of them was lost, take a new key.

Example:
  ./lz key change-password .liangzheng/keys/operator-11310000MB1A00001C.key
Next: ./lz key try .liangzheng/keys/operator-11310000MB1A00001C.key`;

function addRotate(command: Command): void {
  command
    .command("rotate")
    .description("Take a new signing key for the verification service\n更换核验服务的签名密钥")
    .argument("[file]", "the service's key (default: keys/service.key)")
    .option("--json", JSON_WORDS)
    .addHelpText("after", ROTATE_NOTES)
    .action(rotateKey);
}

const ROTATE_NOTES = `
The old public key stays listed (GET /v1/keys), so that receipts signed with it can be checked; its private half is gone.
Pseudonyms in the log of uses stay the same. All instances get the new file; a service that runs takes it up at SIGHUP.

Example:
  ./lz key rotate
Next: ./lz key show .liangzheng/keys/service.key`;

async function rotateKey(file: string | undefined, { json }: JsonOption): Promise<void> {
  const output = createOutput(json === true);
  const { keyId, formerKeys } = await rotateKeys(loadSettings(), file);
  output.say(`✓ 新签名密钥 New signing key: ${keyId}`);
  output.say(`仍列出的旧公钥 Former public keys still listed: ${String(formerKeys.length)}`);
  output.result({ keyId, formerKeys: formerKeys.map((key) => key.keyId) });
}

function addTry(command: Command): void {
  command
    .command("try")
    .description("See that an account's key signs, wherever it is kept; nothing is sent\n试签")
    .argument("<file>", "the key's file, as --key takes it")
    .option("--chain-id <n>", "the chain it is to sign for (default: the configured one)", integer)
    .option("--json", JSON_WORDS)
    .addHelpText("after", TRY_NOTES)
    .action(tryKey);
}

const TRY_NOTES = `
A file says itself where its key is kept:
  0x…                                          the key as it is: for development
  {"version": 3, "address": …, "crypto": …}    encrypted with a password: lz key encrypt
  {"kind": "remote", "url": "https://…", "address": "0x…", "tokenFile": "…"}
                                               a signing service (eth_signTransaction: Web3Signer, Clef)
  {"kind": "command", "command": ["./sign.sh"], "address": "0x…"}
                                               a program that signs a digest: PKCS#11 tokens, cloud key services
What it signs here is a transaction that no chain could ever take. docs/keys.md has the whole of it.

Examples:
  ./lz key try .liangzheng/keys/operator-11310000MB1A00001C.key
  ./lz key try token.json --chain-id 31337
Next: ./lz issue --key token.json …`;

interface JsonOption {
  readonly json?: true;
}

interface NewOptions extends JsonOption {
  readonly out: string;
  readonly sm2?: true;
  readonly account?: true;
  readonly encrypt?: true;
}

async function newKey({ out, encrypt, ...options }: NewOptions): Promise<void> {
  await makeKey(loadSettings(), out, kindOf(options), encrypt === true);
  await showKey(out, options);
}

function kindOf({ sm2, account }: Pick<NewOptions, "sm2" | "account">): NewKeyKind {
  if (sm2 === true && account === true)
    throw new Problem("USAGE", "at most one of --sm2, --account expected");
  if (account === true) return "account";
  return sm2 === true ? "SM2" : "P-256";
}

async function showKey(file: string, { json }: JsonOption): Promise<void> {
  const output = createOutput(json === true);
  const key = await showKeyFile(loadSettings(), file);
  sayKey(output, file, key);
  output.result({ file, ...key });
}

const PROTECTION: Readonly<Record<ShownKey["protection"], Words>> = {
  plain: {
    zh: "未加密，能读取该文件的人即可使用",
    en: "not encrypted: whoever can read the file can use it (lz key encrypt)",
  },
  password: { zh: "已用口令加密", en: "encrypted with a password" },
  elsewhere: { zh: "密钥不在该文件中", en: "kept elsewhere; the file only says where" },
  public: { zh: "仅有公钥", en: "the public half alone" },
};

function sayKey(output: Output, file: string, key: ShownKey): void {
  output.say(`密钥文件 Key file: ${file}`);
  output.say(`保护 Protection: ${both(PROTECTION[key.protection])}`);
  if (key.of === "account") output.say(`账户 Account: ${key.address}`);
  if (key.of === "store") output.say(`数据库密钥 Key of the store: ${key.id}`);
  if (key.of !== "signing") return;
  output.say(`算法 Algorithm: ${key.algorithm}`);
  if (key.thumbprint !== null) output.say(`指纹 Thumbprint (holderKey): ${key.thumbprint}`);
  output.say(`链上编号 Id as a document key: ${key.keyId}`);
}

async function encryptFile(file: string, { json }: JsonOption): Promise<void> {
  await encryptKey(loadSettings(), file);
  done(createOutput(json === true), file);
}

interface ChangeOptions extends JsonOption {
  readonly newPasswordFile?: string;
}

async function changeFilePassword(
  file: string,
  { json, newPasswordFile }: ChangeOptions,
): Promise<void> {
  await changePassword(loadSettings(), file, newPasswordFile ?? null);
  done(createOutput(json === true), file);
}

function done(output: Output, file: string): void {
  output.say(`✓ 已加密 Encrypted: ${file}`);
  output.say(`下一步 Next: ./lz key show ${file}`);
  output.result({ file, protection: "password" });
}

interface TryOptions extends JsonOption {
  readonly chainId?: number;
}

/** Before any chain is configured, the one that Hardhat and anvil start with. */
const DEVELOPMENT_CHAIN = 31_337;

async function tryKey(file: string, { json, chainId }: TryOptions): Promise<void> {
  const output = createOutput(json === true);
  const settings = loadSettings();
  const configured = settings.file?.chainId ?? 0;
  const chain = chainId ?? (configured === 0 ? DEVELOPMENT_CHAIN : configured);
  const { address, kind } = await tryToSign(settings, file, chain);
  output.say(`✓ 可签名 It signs (${kind}), for chain ${String(chain)}`);
  output.say(`账户 Account: ${address}`);
  output.result({ file, address, kind, chainId: chain });
}
