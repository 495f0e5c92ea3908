/**
 * A key service as Vault's and OpenBao's Transit engine answers, made for these tests: neither of the two is to be
 * had from npm or Debian. Its keys never leave it; it knows one token.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { ServerOptions } from "node:https";
import { startJsonService } from "./json-service.ts";
import type { Asked, JsonService, Said } from "./json-service.ts";

export const TOKEN = "hvs.c2VjcmV0LXRva2VuLW9mLXRlc3Rz";
const PATH = /^\/v1\/transit\/(encrypt|decrypt)\/([\w-]+)$/;
const BAD = { status: 400, body: { errors: ["invalid ciphertext: unable to decrypt"] } };

export interface KeyService extends JsonService {
  /** From now on keys are wrapped with a new version; older ones still open what they wrapped. */
  rotate(): void;
}

export async function startKeyService(tls?: ServerOptions): Promise<KeyService> {
  const versions = [randomBytes(32)];
  const service = await startJsonService((asked) => answer(asked, versions), tls);
  return { ...service, rotate: () => versions.push(randomBytes(32)) };
}

function answer({ path, headers, body }: Asked, versions: readonly Buffer[]): Said {
  if (headers["x-vault-token"] !== TOKEN)
    return { status: 403, body: { errors: ["permission denied"] } };
  const [, verb, name] = PATH.exec(path) ?? [];
  if (name !== "liangzheng") return { status: 400, body: { errors: ["encryption key not found"] } };
  const aad = Buffer.from(String(body.associated_data ?? ""), "base64");
  const data = verb === "encrypt" ? wrap(versions, body, aad) : unwrap(versions, body, aad);
  return data === null ? BAD : { body: { data } };
}

function wrap(versions: readonly Buffer[], { plaintext }: any, aad: Buffer): object {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", versions.at(-1) as Buffer, iv).setAAD(aad);
  const content = [cipher.update(Buffer.from(plaintext, "base64")), cipher.final()];
  const bytes = Buffer.concat([iv, ...content, cipher.getAuthTag()]);
  const ciphertext = `vault:v${String(versions.length)}:${bytes.toString("base64")}`;
  return { ciphertext, key_version: versions.length };
}

function unwrap(versions: readonly Buffer[], { ciphertext }: any, aad: Buffer): object | null {
  const [, version, text] = /^vault:v(\d+):(.+)$/.exec(ciphertext) ?? [];
  const bytes = Buffer.from(text ?? "", "base64");
  try {
    const key = versions[Number(version) - 1] as Buffer;
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12)).setAAD(aad);
    decipher.setAuthTag(bytes.subarray(-16));
    const content = [decipher.update(bytes.subarray(12, -16)), decipher.final()];
    return { plaintext: Buffer.concat(content).toString("base64") };
  } catch {
    return null;
  }
}
