/**
 * A passkey that opens the vault: by WebAuthn's PRF extension (level 3, 10.1.4) an authenticator makes the same
 * secret of the same salt again, once the person has shown a finger, a face or the device's own PIN.
 */
import { randomBytes, sealingKey } from "./sealed.ts";
import { utf8 } from "./text-bytes.ts";
import { WalletFault } from "./wallet-fault.ts";

const SALT_BYTES = 32;
const TIMEOUT_MS = 120_000;
/** ES256 and RS256 (RFC 8152, RFC 8812). */
const ALGORITHMS = [-7, -257];

export interface PasskeySecret {
  readonly credentialId: Uint8Array<ArrayBuffer>;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly key: CryptoKey;
}

/** Whether this browser may have passkeys at all; only making one shows whether it can do what is asked here. */
export function hasPasskeys(): boolean {
  return "PublicKeyCredential" in globalThis && isSecureContext;
}

/** @throws WalletFault PASSKEY_FAILED where the person broke off, or the authenticator has no PRF */
export async function makePasskey(name: string): Promise<PasskeySecret> {
  const credential = await navigator.credentials
    .create({
      publicKey: {
        rp: { name },
        user: { id: randomBytes(16), name, displayName: name },
        challenge: randomBytes(32),
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
        authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
        timeout: TIMEOUT_MS,
        extensions: { prf: {} },
      },
    })
    .catch(refuse);
  const { rawId } = credentialOf(credential);
  const id = { credentialId: new Uint8Array(rawId), salt: randomBytes(SALT_BYTES) };
  const { key } = await askPasskey([id]);
  return { ...id, key };
}

export type PasskeyId = Pick<PasskeySecret, "credentialId" | "salt">;

/** @throws WalletFault PASSKEY_FAILED */
export async function askPasskey(known: readonly PasskeyId[]): Promise<PasskeySecret> {
  const credential = await navigator.credentials
    .get({
      publicKey: {
        challenge: randomBytes(32),
        allowCredentials: known.map(({ credentialId: id }) => ({ type: "public-key", id })),
        userVerification: "required",
        timeout: TIMEOUT_MS,
        extensions: { prf: { evalByCredential: saltsOf(known) } },
      },
    })
    .catch(refuse);
  const answer = credentialOf(credential);
  const used = known.find(({ credentialId }) => textOf(credentialId) === answer.id);
  const secret = answer.getClientExtensionResults().prf?.results?.first;
  if (used === undefined || secret === undefined) throw new WalletFault("PASSKEY_FAILED", "no PRF");
  return { ...used, key: await keyOfSecret(secret) };
}

function saltsOf(known: readonly PasskeyId[]): Record<string, AuthenticationExtensionsPRFValues> {
  return Object.fromEntries(
    known.map(({ credentialId, salt }) => [textOf(credentialId), { first: salt }]),
  );
}

/** Base64url without padding, as WebAuthn writes a credential's id. */
function textOf(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function credentialOf(credential: Credential | null): PublicKeyCredential {
  if (credential instanceof PublicKeyCredential) return credential;
  throw new WalletFault("PASSKEY_FAILED", "no credential");
}

function refuse(cause: unknown): never {
  throw new WalletFault("PASSKEY_FAILED", cause instanceof Error ? cause.name : "", cause);
}

/** For this use alone: another page of the same service would make another key of the same secret. */
async function keyOfSecret(secret: BufferSource): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const info = utf8("liangzheng vault");
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info };
  return sealingKey(await crypto.subtle.deriveBits(hkdf, base, 256));
}
