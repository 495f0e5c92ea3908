/** Claims a certificate: a key is made, the agency binds it, and what it sends is proven and kept. */
import { toHex } from "../../../core/encoding/bytes.ts";
import { FormatError } from "../../../core/encoding/format-error.ts";
import { claimCodeDigest } from "../../../core/holding/claim-code-digest.ts";
import type { Delivery } from "../../../core/holding/delivery.ts";
import { readDelivery } from "../../../core/holding/delivery.ts";
import { signHolderRequest } from "../../../core/holding/holder-request.ts";
import { keyFromJwk, keyToJwk } from "../../../core/holding/jwk.ts";
import type { ClaimCodeText } from "../../../core/identifiers/claim-code.ts";
import { writeClaimCode } from "../../../core/identifiers/claim-code.ts";
import { keyThumbprint } from "../../../core/presentation/cose.ts";
import type { P256PublicKey } from "../../../core/hashing.ts";
import type { Hashes } from "../../judging/page-primitives.ts";
import { loadHashes } from "../../judging/page-primitives.ts";
import type { AgencyEndpoint } from "../../service/agency.ts";
import type { NewHolding } from "../../vault/held.ts";
import type { AwaitedKey } from "../../vault/holder-keys.ts";
import type { Vault } from "../../vault/vault.ts";
import { WalletFault } from "../../vault/wallet-fault.ts";
import type { Shower } from "./bare-code.ts";
import type { ChainRecord } from "./chain-record.ts";
import { showerOf } from "./shower-of.ts";
import { proveDelivery } from "./prove-delivery.ts";

export interface ClaimTools {
  readonly vault: Pick<Vault, "awaitedKey" | "sign" | "add" | "keepStatus">;
  readonly endpoint: AgencyEndpoint;
  /** See chainRecord; null where there is no network to ask. */
  readonly ask: (holding: NewHolding, shower: Shower | null) => Promise<ChainRecord | null>;
  /** Seconds since 1970. */
  readonly now: () => number;
}

/**
 * Where the answer was lost, the same code is asked for again with the same key.
 * @returns its id in the vault
 * @throws WalletFault; ServiceProblem and ServiceUnreachable of the agency's endpoint
 */
export async function claimCertificate(tools: ClaimTools, code: ClaimCodeText): Promise<string> {
  const { vault, endpoint, ask } = tools;
  const hashes = await loadHashes();
  const digest = claimCodeDigest(hashes, code);
  const key = await vault.awaitedKey(`${endpoint.audience} ${toHex(digest)}`);
  const opened = await deliveredFor(tools, hashes, { key, code, digest });
  const holding = holdingOf(hashes, opened, endpoint.url);
  prove(hashes, holding, key.publicKey);
  const record = await ask(holding, showerOf(vault, { id: key.id, holderKey: key.publicKey }));
  if (record !== null && record.refusal !== null) throw new WalletFault(...record.refusal);
  const id = await vault.add(holding, key.id);
  if (record !== null) await vault.keepStatus(id, record.status);
  return id;
}

interface Claiming {
  readonly key: AwaitedKey;
  readonly code: ClaimCodeText;
  readonly digest: Uint8Array;
}

/** @returns the JSON that was encrypted to a key made for this answer alone */
async function deliveredFor(
  { vault, endpoint, now }: ClaimTools,
  hashes: Hashes,
  { key, code, digest }: Claiming,
): Promise<unknown> {
  const delivery = await newDeliveryKey();
  const deliveryKey = keyThumbprint(hashes, delivery.publicKey);
  const request = await signHolderRequest(
    {
      audience: endpoint.audience,
      issuedAt: now(),
      key: key.publicKey,
      wish: { kind: "claim", code: digest, deliveryKey },
    },
    (message) => vault.sign(key.id, message),
  );
  const order = { code: writeClaimCode(code), deliveryKey: keyToJwk(delivery.publicKey), request };
  return decrypted((await endpoint.claim(order)).delivery, delivery.privateKey);
}

async function newDeliveryKey(): Promise<{ publicKey: P256PublicKey; privateKey: CryptoKey }> {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const pair = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const jwk = await crypto.subtle.exportKey("jwk", pair.publicKey);
  return { publicKey: keyFromJwk(jwk, "deliveryKey"), privateKey: pair.privateKey };
}

async function decrypted(delivery: string, key: CryptoKey): Promise<unknown> {
  const { compactDecrypt } = await import("jose");
  const allowed = {
    keyManagementAlgorithms: ["ECDH-ES"],
    contentEncryptionAlgorithms: ["A256GCM"],
  };
  try {
    const { plaintext } = await compactDecrypt(delivery, key, allowed);
    return JSON.parse(new TextDecoder().decode(plaintext)) as unknown;
  } catch (cause) {
    throw new WalletFault("DELIVERY_UNREADABLE", "JWE", cause);
  }
}

function holdingOf(hashes: Hashes, json: unknown, agencyUrl: string): NewHolding {
  const { binding, definition, template, ...rest } = read(hashes, json);
  const shared = { binding, definition, template, agencyUrl };
  return "delegated" in rest
    ? { ...shared, holding: { kind: "delegated", delegated: rest.delegated } }
    : { ...shared, holding: { kind: "own", certificate: rest.certificate } };
}

function read(hashes: Hashes, json: unknown): Delivery {
  return orUnreadable(() => readDelivery(hashes, json));
}

function prove(hashes: Hashes, holding: NewHolding, key: P256PublicKey): void {
  orUnreadable(() => {
    proveDelivery(hashes, holding, key);
  });
}

function orUnreadable<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new WalletFault("DELIVERY_UNREADABLE", error.where, error);
  }
}
