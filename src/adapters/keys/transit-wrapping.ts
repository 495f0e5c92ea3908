/**
 * Wraps data keys in a key service that never gives its key out: the Transit engine of HashiCorp Vault and
 * OpenBao (POST …/encrypt/NAME and …/decrypt/NAME), or whatever else answers like it.
 */
import { equalBytes } from "../../core/encoding/bytes.ts";
import { Problem } from "../../core/problem.ts";
import type { KeyWrapping } from "../../ports/keys.ts";
import { askService, quoted, readSecret } from "./service-exchange.ts";
import type { ServiceAccess, ServiceAnswer } from "./service-exchange.ts";

/** What a store's key description of kind `transit` says. */
export interface TransitKey extends ServiceAccess {
  /** As the service itself names the key: https://host/v1/transit/keys/NAME. */
  readonly url: string;
  readonly tokenFile: string;
  /** Of Vault Enterprise and OpenBao. */
  readonly namespace?: string;
  readonly timeoutMs: number;
}

const KEY_PATH = /^\/v1\/([\w./-]+)\/keys\/([\w.-]+)$/;
const WRAPPED = /^vault:v[0-9]{1,9}:[A-Za-z0-9+/]{1,1000}={0,2}$/;
const DATA_KEY_BYTES = 32;
/** Bound to each data key, so that nothing else that the service encrypted is taken for one. */
const PURPOSE = base64(Buffer.from("liangzheng agency store data key 1"));
const BUSY = 429;

/** @throws Problem KEY_MALFORMED for an address that is not a key's */
export function transitWrapping(key: TransitKey): KeyWrapping {
  const { pathname } = new URL(key.url);
  const [, mount, name] = KEY_PATH.exec(pathname) ?? [];
  if (mount === undefined || name === undefined)
    throw new Problem("KEY_MALFORMED", `${key.url}: https://HOST/v1/transit/keys/NAME expected`);
  const ask = (verb: string, body: object): Promise<Answered> => {
    const url = new URL(`/v1/${mount}/${verb}/${name}`, key.url).href;
    return askTransit(key, url, { ...body, associated_data: PURPOSE });
  };
  const unwrap = (wrapped: Uint8Array): Promise<Uint8Array> => unwrapBy(ask, wrapped);
  return {
    id: `transit:${mount}/${name}`,
    wrap: (dataKey) => wrapBy(ask, unwrap, dataKey),
    unwrap,
  };
}

interface Answered {
  readonly url: string;
  readonly data: Readonly<Record<string, unknown>>;
}

type Ask = (verb: string, body: object) => Promise<Answered>;

/** Unwrapped again at once: nothing is to be encrypted with a key that never comes back. */
async function wrapBy(
  ask: Ask,
  unwrap: KeyWrapping["unwrap"],
  dataKey: Uint8Array,
): Promise<Uint8Array> {
  const { url, data } = await ask("encrypt", { plaintext: base64(dataKey) });
  const { ciphertext } = data;
  if (typeof ciphertext !== "string" || !WRAPPED.test(ciphertext)) throw refused(url, "ciphertext");
  const wrapped = new TextEncoder().encode(ciphertext);
  if (!equalBytes(await unwrap(wrapped), dataKey)) throw refused(url, "it gave back another key");
  return wrapped;
}

async function unwrapBy(ask: Ask, wrapped: Uint8Array): Promise<Uint8Array> {
  const ciphertext = new TextDecoder().decode(wrapped);
  if (!WRAPPED.test(ciphertext))
    throw new Problem("STORE_KEY_WRONG", "a data key was wrapped in another way");
  const { url, data } = await ask("decrypt", { ciphertext });
  const { plaintext } = data;
  const bytes = typeof plaintext === "string" ? Buffer.from(plaintext, "base64") : null;
  if (bytes?.length !== DATA_KEY_BYTES || base64(bytes) !== plaintext)
    throw refused(url, "plaintext of 32 bytes expected");
  return new Uint8Array(bytes);
}

async function askTransit(key: TransitKey, url: string, body: object): Promise<Answered> {
  const token = readSecret(key.tokenFile);
  const headers = {
    "x-vault-token": token,
    "x-vault-request": "true",
    ...(key.namespace !== undefined && { "x-vault-namespace": key.namespace }),
  };
  const answer = await exchange(key, { url, headers, body, timeoutMs: key.timeoutMs });
  return { url, data: dataOf(answer, url, token) };
}

async function exchange(
  key: TransitKey,
  question: Parameters<typeof askService>[1],
): Promise<ServiceAnswer> {
  try {
    return await askService(key, question);
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof RangeError) throw refused(question.url, error.message);
    throw new Problem("KEY_SERVICE_UNREACHABLE", question.url, error);
  }
}

/** A sealed or overloaded service may answer later; anything else won't get better by itself. */
function dataOf({ status, json }: ServiceAnswer, url: string, token: string): Answered["data"] {
  const { data, errors } = (json ?? {}) as { readonly data?: unknown; readonly errors?: unknown };
  if (status === 200 && typeof data === "object" && data !== null) return data as Answered["data"];
  const said = quoted(Array.isArray(errors) ? errors[0] : undefined, [token]);
  const isLater = status >= 500 || status === BUSY;
  const code = isLater ? "KEY_SERVICE_UNREACHABLE" : "KEY_SERVICE_REFUSED";
  throw new Problem(code, `${url}: ${String(status)}${said}`);
}

function refused(url: string, what: string): Problem {
  return new Problem("KEY_SERVICE_REFUSED", `${url}: ${what}`);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
