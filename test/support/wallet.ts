/** A wallet as a phone has it: a WebCrypto key that never leaves, talking to an agency's endpoint. */
import type { webcrypto } from "node:crypto";
import { compactDecrypt } from "jose";
import { proveChosen } from "../../src/app/present-certificate.ts";
import { fromBase64Url, toBase64Url } from "../../src/core/encoding/bytes.ts";
import type { P256PublicKey } from "../../src/core/hashing.ts";
import { suiteHash } from "../../src/core/hashing.ts";
import { claimCodeDigest } from "../../src/core/holding/claim-code-digest.ts";
import { readDelivery } from "../../src/core/holding/delivery.ts";
import type { Delivery } from "../../src/core/holding/delivery.ts";
import type { HolderWish } from "../../src/core/holding/holder-request.ts";
import { signHolderRequest } from "../../src/core/holding/holder-request.ts";
import { keyFromJwk, keyToJwk } from "../../src/core/holding/jwk.ts";
import { parseClaimCode } from "../../src/core/identifiers/claim-code.ts";
import type { ClaimCodeText } from "../../src/core/identifiers/claim-code.ts";
import { encodeSign1, keyThumbprint, sign1Message } from "../../src/core/presentation/cose.ts";
import { encodePresentationContent } from "../../src/core/presentation/presentation.ts";
import type { PresentationContent } from "../../src/core/presentation/presentation.ts";
import { narrowProof } from "../../src/core/presentation/disclose.ts";
import type { Proof } from "../../src/core/presentation/proof.ts";
import { toQrText } from "../../src/core/presentation/qr-text.ts";
import { primitives } from "../../src/main/system.ts";

const ECDSA = { name: "ECDSA", namedCurve: "P-256" } as const;
const ECDH = { name: "ECDH", namedCurve: "P-256" } as const;

export interface EndpointAnswer {
  readonly status: number;
  readonly json: any;
}

export type Claimed = EndpointAnswer & { readonly delivery: Delivery | null };

export interface Wallet {
  readonly key: P256PublicKey;
  /** What it would send, signed. */
  sign(wish: HolderWish, changes?: { audience?: string; issuedAt?: number }): Promise<string>;
  /** Sends a signed wish to one of the endpoint's addresses. */
  ask(path: string, wish: HolderWish): Promise<EndpointAnswer>;
  /** Claims with a code, and opens what was delivered. */
  claim(code: string): Promise<Claimed>;
  /** A code to be scanned, of the claims named. */
  show(
    proof: Proof,
    binding: Uint8Array | null,
    changes?: Partial<PresentationContent>,
  ): Promise<string>;
}

/** @param endpoint its base address */
export async function makeWallet(endpoint: string): Promise<Wallet> {
  const pair = await crypto.subtle.generateKey(ECDSA, false, ["sign", "verify"]);
  const key = await publicKeyOf(pair.publicKey);
  const audience = new URL(endpoint).host;
  const signBytes = async (message: Uint8Array): Promise<Uint8Array> => {
    const bytes = new Uint8Array(message);
    const hash = { name: "ECDSA", hash: "SHA-256" };
    return new Uint8Array(await crypto.subtle.sign(hash, pair.privateKey, bytes));
  };
  const sign: Wallet["sign"] = async (wish, changes = {}) => {
    const issuedAt = Math.floor(Date.now() / 1000);
    return toBase64Url(
      await signHolderRequest({ audience, issuedAt, key, wish, ...changes }, signBytes),
    );
  };
  return {
    key,
    sign,
    ask: async (path, wish) => post(`${endpoint}${path}`, { request: await sign(wish) }),
    claim: (code) => claim(endpoint, code, sign),
    show: async (proof, binding, changes = {}) => {
      const now = Math.floor(Date.now() / 1000);
      const payload = encodePresentationContent({
        ...{ proof, holderKey: key, issuedAt: now, expiresAt: now + 60 },
        nonce: crypto.getRandomValues(new Uint8Array(8)),
        ...(binding !== null && { binding }),
        ...changes,
      });
      const signature = await signBytes(sign1Message(payload));
      return toQrText(encodeSign1({ payload, signature }));
    },
  };
}

async function publicKeyOf(key: webcrypto.CryptoKey): Promise<P256PublicKey> {
  return keyFromJwk(await crypto.subtle.exportKey("jwk", key), "key");
}

/** @param key an API key, where the service wants one */
export async function post(url: string, body: object, key?: string): Promise<EndpointAnswer> {
  const credential = key === undefined ? {} : { Authorization: `Bearer ${key}` };
  const headers = { "Content-Type": "application/json", ...credential };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: response.status, json: await response.json() };
}

async function claim(endpoint: string, text: string, sign: Wallet["sign"]): Promise<Claimed> {
  const pair = await crypto.subtle.generateKey(ECDH, false, ["deriveBits"]);
  const delivery = await publicKeyOf(pair.publicKey);
  const code = claimCodeDigest(primitives, parseClaimCode(text) as ClaimCodeText);
  const wish = { kind: "claim", code, deliveryKey: keyThumbprint(primitives, delivery) } as const;
  const body = { code: text, deliveryKey: keyToJwk(delivery), request: await sign(wish) };
  const answer = await post(`${endpoint}/v1/claims`, body);
  if (answer.status !== 200) return { ...answer, delivery: null };
  const { plaintext } = await compactDecrypt(answer.json.delivery as string, pair.privateKey);
  const json: unknown = JSON.parse(new TextDecoder().decode(plaintext));
  return { ...answer, delivery: readDelivery(primitives, json) };
}

/** The proof of some claims of what was delivered to a holder or to a delegate. */
export function proofFrom(delivery: Delivery | null, names: readonly string[]): Proof {
  if (delivery === null) throw new Error("nothing was delivered");
  if ("certificate" in delivery) return proveChosen(primitives, delivery.certificate, names);
  const { proof } = delivery.delegated;
  return narrowProof(suiteHash(primitives, proof.suite), proof, new Set(names));
}

export function bytesOf(base64url: string): Uint8Array {
  return fromBase64Url(base64url) as Uint8Array;
}
