/** Keys as files: made, looked at, tried out, encrypted. */
import { getBytes } from "ethers";
import { keyContents } from "../../adapters/keys/key-contents.ts";
import type { KeyContents } from "../../adapters/keys/key-contents.ts";
import { passwordsFrom } from "../../adapters/keys/passwords.ts";
import { changeKeyPassword, encryptKeyFile } from "../../adapters/keys/protect-key.ts";
import { documentKeyFrom, newSm2KeyJwk } from "../../adapters/store/document-key-file.ts";
import type { DocumentPublicKey } from "../../adapters/store/document-key-file.ts";
import { newAccountKey, newSigningKeyJwk } from "../../adapters/store/key-files.ts";
import type { Settings } from "../../config.ts";
import { toHex } from "../../core/encoding/bytes.ts";
import { keyThumbprint } from "../../core/presentation/cose.ts";
import { documentKeyId, signerOf } from "../chain/accounts.ts";
import { createKey, passwordsOf } from "./keys.ts";
import { primitives } from "../system.ts";

export type NewKeyKind = "P-256" | "SM2" | "account";

/** @throws Problem FILE_EXISTS, DISK_FAILED, KEY_PASSWORD_… */
export async function makeKey(
  settings: Settings,
  file: string,
  kind: NewKeyKind,
  isEncrypted: boolean,
): Promise<void> {
  const text = kind === "account" ? newAccountKey() : JSON.stringify(newJwk(kind));
  await createKey(settings, file, text, isEncrypted);
}

function newJwk(kind: "P-256" | "SM2"): object {
  return kind === "SM2" ? newSm2KeyJwk() : newSigningKeyJwk();
}

export interface ShownSigningKey extends DocumentPublicKey {
  readonly of: "signing";
  readonly protection: KeyContents["protection"];
  /** Of the COSE key, for an issue's holderKey; null for SM2, which never becomes one. */
  readonly thumbprint: string | null;
  /** As the chain names it as a document key. */
  readonly keyId: string;
}

export type ShownKey = Exclude<KeyContents, { readonly of: "signing" }> | ShownSigningKey;

/** What may be known of a key. @throws Problem KEY_… */
export async function showKeyFile(settings: Settings, file: string): Promise<ShownKey> {
  const contents = await keyContents(file, passwordsOf(settings));
  if (contents.of !== "signing") return contents;
  const { of, protection, text } = contents;
  const key = documentKeyFrom(file, text);
  const thumbprint = key.algorithm === "SM2" ? null : thumbprintOf(key);
  return { of, protection, ...key, thumbprint, keyId: documentKeyId(key) };
}

function thumbprintOf(key: DocumentPublicKey): string {
  const [x, y] = [getBytes(key.x), getBytes(key.y)];
  return toHex(keyThumbprint(primitives, { x, y }));
}

/** In place. @throws Problem KEY_…, DISK_FAILED */
export async function encryptKey(settings: Settings, file: string): Promise<void> {
  await encryptKeyFile(file, passwordsOf(settings));
}

/** In place; the new password is typed unless a file with it is named. @throws Problem KEY_…, DISK_FAILED */
export async function changePassword(
  { keyPasswordFile }: Settings,
  file: string,
  newPasswordFile: string | null,
): Promise<void> {
  const passwords = passwordsFrom({ current: keyPasswordFile, fresh: newPasswordFile });
  await changeKeyPassword(file, passwords);
}

/** No account has sent as many transactions, so that this one can never be mined. */
const NONCE_OUT_OF_REACH = 2 ** 50;
const SIMPLE_GAS = 21_000n;

/**
 * Signs a transaction that is never sent and could never be mined, and checks the signature.
 * @throws Problem KEY_…, SIGNER_UNREACHABLE, SIGNER_REFUSED
 */
export async function tryToSign(
  settings: Settings,
  file: string,
  chainId: number,
): Promise<{ readonly address: string; readonly kind: string }> {
  const signer = signerOf(settings, file);
  const { address, kind } = signer;
  const amounts = { value: 0n, gasLimit: SIMPLE_GAS, fees: { gasPrice: 0n } };
  await signer.sign({ chainId, nonce: NONCE_OUT_OF_REACH, to: address, data: "0x", ...amounts });
  return { address, kind };
}
