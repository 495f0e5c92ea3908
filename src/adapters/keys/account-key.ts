/** Files of accounts' keys. Each says itself what it is: a key, an encrypted one, or where a key is kept. */
import { dirname, resolve } from "node:path";
import type { TransactionSigner } from "../../ports/keys.ts";
import { walletSigner } from "../chain/wallet-signer.ts";
import { accountKeyFrom, readKeyText } from "../store/key-files.ts";
import { commandSigner } from "./command-signer.ts";
import {
  ACCESS_FILES,
  filesOf,
  jsonObject,
  malformed,
  requireMembers,
  textOf,
  timeoutOf,
} from "./key-description.ts";
import { isKeystore, keystoreSigner } from "./keystore.ts";
import type { Passwords } from "./passwords.ts";
import { remoteSigner } from "./remote-signer.ts";
import { requireSafeUrl } from "./service-exchange.ts";

/** `plain`: the key itself, in hex. `keystore`: encrypted with a password. The others keep it elsewhere. */
export type AccountKeyKind = "plain" | "keystore" | "remote" | "command";

export interface AccountKey extends TransactionSigner {
  readonly kind: AccountKeyKind;
  /** Asks for a password now, where one is needed, so that a long job does not stop for it later. */
  unlock(): Promise<void>;
}

type Members = Readonly<Record<string, unknown>>;

const ADDRESS = /^0x[0-9a-f]{40}$/;

/** @throws Problem KEY_NOT_FOUND, KEY_MALFORMED. Nothing is asked yet. */
export function accountKey(file: string, passwords: Passwords): AccountKey {
  const text = readKeyText(file);
  const members = jsonObject(text);
  if (members === null) return unlocked("plain", walletSigner(accountKeyFrom(file, text)));
  if (isKeystore(members)) return { kind: "keystore", ...keystoreSigner(file, members, passwords) };
  const { kind } = members;
  if (kind === "remote") return unlocked(kind, remoteOf(file, members));
  if (kind === "command") return unlocked(kind, commandOf(file, members));
  throw malformed(file, 'a keystore of version 3, or kind: "remote" or "command" expected');
}

function unlocked(kind: AccountKeyKind, signer: TransactionSigner): AccountKey {
  return { kind, ...signer, unlock: () => Promise.resolve() };
}

function remoteOf(file: string, members: Members): TransactionSigner {
  requireMembers(file, members, ["kind", "url", "address", "timeoutSeconds", ...ACCESS_FILES]);
  const [url, files] = [textOf(file, members, "url"), filesOf(file, members)];
  requireSafeUrl(file, url, files.tokenFile !== undefined);
  const [address, timeoutMs] = [addressOf(file, members), timeoutOf(file, members)];
  return remoteSigner({ url, ...files, address, timeoutMs });
}

/** A program named by a path is found from where the file is; one without is looked for as a shell would. */
function commandOf(file: string, members: Members): TransactionSigner {
  requireMembers(file, members, ["kind", "command", "address", "timeoutSeconds"]);
  const [name, ...args] = wordsOf(file, members);
  const folder = resolve(dirname(file));
  const program = name.includes("/") ? resolve(folder, name) : name;
  const [address, timeoutMs] = [addressOf(file, members), timeoutOf(file, members)];
  return commandSigner({ program, args, folder, address, timeoutMs });
}

function wordsOf(file: string, { command }: Members): readonly [string, ...string[]] {
  const words: unknown[] = Array.isArray(command) ? command : [];
  const [name, ...args] = words.filter((word) => typeof word === "string");
  if (name !== undefined && name !== "" && args.length === words.length - 1) return [name, ...args];
  throw malformed(file, "command: a program and its arguments expected, as a list of texts");
}

function addressOf(file: string, members: Members): string {
  const address = textOf(file, members, "address").toLowerCase();
  if (ADDRESS.test(address)) return address;
  throw malformed(file, "address: 0x and 40 hex digits expected");
}
