/**
 * What a holder asks of an agency's endpoint: always signed with the holder's key, a COSE_Sign1 (ES256) over
 * {3: endpoint, 6: time, 8: {1: holder's key}, −65542: [kind, …]}. No presentation has that last label, and no
 * request the label of a certificate, so that neither can be taken for the other.
 */
import { HASH_BYTES } from "../batch/tree.ts";
import type { CborValue } from "../encoding/cbor.ts";
import { decodeCbor, encodeCbor, isUint } from "../encoding/cbor.ts";
import { malformed } from "../encoding/format-error.ts";
import type { P256PublicKey, Primitives } from "../hashing.ts";
import { confirmationKey, keyConfirmation } from "../presentation/binding.ts";
import type { Sign1 } from "../presentation/cose.ts";
import { decodeSign1, encodeSign1, sign1Message, verifySign1 } from "../presentation/cose.ts";
import { Problem } from "../problem.ts";
import type { CertificatePlace, DelegationOrder } from "./delegation-order.ts";
import {
  delegationOrderFromCbor,
  delegationOrderToCbor,
  placeFromCbor,
} from "./delegation-order.ts";

/** How far a phone's clock may be from the endpoint's, either way, in seconds. */
export const MAX_REQUEST_AGE_SECONDS = 300;
const MAX_AUDIENCE_CHARACTERS = 128;
const MEMBERS = 4;
const Label = { aud: 3, iat: 6, cnf: 8, wish: -65542 };
const DELEGATION_ID = /^[0-9a-f]{32}$/;

/** To fetch a certificate with a claim code, encrypted to a key made for that alone. */
export interface ClaimWish {
  readonly kind: "claim";
  /** See claimCodeDigest. */
  readonly code: Uint8Array;
  /** The thumbprint of the key that the answer is encrypted to. */
  readonly deliveryKey: Uint8Array;
}

/** To have a certificate bound to the key for some days more. */
export interface BindingWish extends CertificatePlace {
  readonly kind: "binding";
}

export interface DelegationWish {
  readonly kind: "delegation";
  readonly order: DelegationOrder;
}

/** To be told what the key has delegated. */
export interface ListWish {
  readonly kind: "delegations";
}

export interface WithdrawalWish {
  readonly kind: "withdrawal";
  /** The delegation's: 32 hex digits. */
  readonly id: string;
}

export type HolderWish = ClaimWish | BindingWish | DelegationWish | ListWish | WithdrawalWish;
export type WishKind = HolderWish["kind"];

export interface HolderRequest<W extends HolderWish = HolderWish> {
  /** The endpoint's name: its host, with its port where it has one. */
  readonly audience: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
  readonly key: P256PublicKey;
  readonly wish: W;
}

export interface SignedHolderRequest<W extends HolderWish = HolderWish> extends HolderRequest<W> {
  readonly sign1: Sign1;
}

/** ES256: r ‖ s, 64 bytes. The private key stays where it is. */
export type SignMessage = (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** @returns the whole COSE_Sign1 */
export async function signHolderRequest(
  request: HolderRequest,
  sign: SignMessage,
): Promise<Uint8Array> {
  const payload = encodeCbor(
    new Map<number, CborValue>([
      [Label.aud, request.audience],
      [Label.iat, request.issuedAt],
      [Label.cnf, keyConfirmation(request.key)],
      [Label.wish, wishToCbor(request.wish)],
    ]),
  );
  return encodeSign1({ payload, signature: await sign(sign1Message(payload)) });
}

function wishToCbor(wish: HolderWish): CborValue[] {
  switch (wish.kind) {
    case "claim":
      return [wish.kind, wish.code, wish.deliveryKey];
    case "binding":
      return [wish.kind, wish.root, wish.index];
    case "delegation":
      return [wish.kind, ...delegationOrderToCbor(wish.order)];
    case "withdrawal":
      return [wish.kind, wish.id];
    default:
      return [wish.kind];
  }
}

/** @throws FormatError MALFORMED. Nothing is said of the signature yet. */
export function decodeHolderRequest(bytes: Uint8Array): SignedHolderRequest {
  const sign1 = decodeSign1(bytes, "request");
  const map = decodeCbor(sign1.payload, "request");
  if (!(map instanceof Map) || map.size !== MEMBERS) throw malformed("request", "no request");
  const member = (label: number): CborValue | undefined =>
    (map as ReadonlyMap<string | number, CborValue>).get(label);
  const [audience, issuedAt] = [member(Label.aud), member(Label.iat)];
  if (typeof audience !== "string" || audience.length > MAX_AUDIENCE_CHARACTERS) {
    throw malformed("request.aud", "text of at most 128 characters expected");
  }
  if (!isUint(issuedAt)) throw malformed("request.iat", "a time expected");
  const key = confirmationKey(member(Label.cnf), "request");
  return { audience, issuedAt, key, wish: wishFromCbor(member(Label.wish)), sign1 };
}

function wishFromCbor(value: CborValue | undefined): HolderWish {
  const [kind, ...rest] = Array.isArray(value) ? (value as readonly CborValue[]) : [];
  const read = READERS.get(kind);
  if (read === undefined) throw malformed("request", "nothing that a holder can ask for");
  return read(rest);
}

type Reader = (rest: readonly CborValue[]) => HolderWish;

const READERS: ReadonlyMap<unknown, Reader> = new Map<WishKind, Reader>([
  [
    "claim",
    (rest) => {
      const [code, key] = exactly(2, rest);
      return { kind: "claim", code: hashOf(code, "code"), deliveryKey: hashOf(key, "key") };
    },
  ],
  ["binding", (rest) => ({ kind: "binding", ...placeFromCbor(exactly(2, rest), "request") })],
  [
    "delegation",
    (rest) => ({ kind: "delegation", order: delegationOrderFromCbor(rest, "request") }),
  ],
  [
    "delegations",
    (rest) => {
      exactly(0, rest);
      return { kind: "delegations" };
    },
  ],
  ["withdrawal", (rest) => ({ kind: "withdrawal", id: idOf(exactly(1, rest)[0]) })],
]);

function idOf(value: CborValue | undefined): string {
  if (typeof value === "string" && DELEGATION_ID.test(value)) return value;
  throw malformed("request.id", "32 hex digits expected");
}

function exactly(count: number, rest: readonly CborValue[]): readonly CborValue[] {
  if (rest.length === count) return rest;
  throw malformed("request", `${String(count)} members expected`);
}

function hashOf(value: CborValue | undefined, name: string): Uint8Array {
  if (value instanceof Uint8Array && value.length === HASH_BYTES) return value;
  throw malformed(`request.${name}`, "32 bytes expected");
}

export interface RequestExpectation<K extends WishKind> {
  readonly kind: K;
  /** The names under which the endpoint is reached. */
  readonly audiences: readonly string[];
  /** The endpoint's clock. */
  readonly now: number;
}

/**
 * A request that its key signed, for this endpoint, just now.
 * @throws FormatError, Problem HOLDER_REQUEST_INVALID, HOLDER_REQUEST_STALE
 */
export function openHolderRequest<K extends WishKind>(
  primitives: Primitives,
  bytes: Uint8Array,
  { kind, audiences, now }: RequestExpectation<K>,
): SignedHolderRequest<Extract<HolderWish, { readonly kind: K }>> {
  const request = decodeHolderRequest(bytes);
  if (!isOfKind(request, kind)) throw invalid(`it asks for '${request.wish.kind}'`);
  if (!verifySign1(primitives, request.key, request.sign1)) throw invalid("wrong signature");
  if (!audiences.includes(request.audience)) throw invalid(`it is for ${request.audience}`);
  const seconds = request.issuedAt - now;
  if (Math.abs(seconds) <= MAX_REQUEST_AGE_SECONDS) return request;
  throw new Problem("HOLDER_REQUEST_STALE", `${String(seconds)} s from this service's clock`);
}

function isOfKind<K extends WishKind>(
  request: SignedHolderRequest,
  kind: K,
): request is SignedHolderRequest<Extract<HolderWish, { readonly kind: K }>> {
  return request.wish.kind === kind;
}

function invalid(detail: string): Problem {
  return new Problem("HOLDER_REQUEST_INVALID", detail);
}
