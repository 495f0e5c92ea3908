/**
 * A binding (protocol, 9): the agency's word that a certificate issued before any holder's key was
 * known now belongs to a key. Signed by one of the agency's document keys; lives 30 days at most. With a grant
 * the key is not the holder's but that of a delegate, and it lives a day at most.
 */
import type { CborValue } from "../encoding/cbor.ts";
import { decodeCbor, encodeCbor, isUint } from "../encoding/cbor.ts";
import { malformed } from "../encoding/format-error.ts";
import type { KeyAlgorithm, P256PublicKey } from "../hashing.ts";
import { decodeSign1, keyFromCbor, keyToCbor } from "./cose.ts";
import type { Sign1 } from "./cose.ts";
import type { Grant } from "./grant.ts";
import { grantFromCbor, grantToCbor } from "./grant.ts";

export const MAX_BINDING_SECONDS = 30 * 86_400;
export const MAX_DELEGATED_BINDING_SECONDS = 86_400;
const Label = { agency: 1, exp: 4, iat: 6, cnf: 8, certificate: -65539, grant: -65540 };
const CnfKey = 1;
/** What a document key may be; a holder's key is of P-256 alone. */
const AGENCY_ALGORITHMS: readonly KeyAlgorithm[] = ["P-256", "SM2"];

export interface BindingContent {
  readonly agency: string;
  readonly root: Uint8Array;
  readonly index: number;
  readonly key: P256PublicKey;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** There where the key is a delegate's. */
  readonly grant?: Grant;
}

export interface Binding extends BindingContent {
  readonly sign1: Sign1;
}

/** The payload that a document key signs. */
export function encodeBindingContent(content: BindingContent): Uint8Array {
  const map = new Map<number, CborValue>([
    [Label.agency, content.agency],
    [Label.exp, content.expiresAt],
    [Label.iat, content.issuedAt],
    [Label.cnf, keyConfirmation(content.key)],
    [Label.certificate, [content.root, content.index]],
  ]);
  if (content.grant !== undefined) map.set(Label.grant, grantToCbor(content.grant));
  return encodeCbor(map);
}

/** @throws FormatError MALFORMED. Nothing is said of the signature yet. */
export function decodeBinding(bytes: Uint8Array, where: string): Binding {
  const sign1 = decodeSign1(bytes, where, AGENCY_ALGORITHMS);
  const map = decodeCbor(sign1.payload, where);
  if (!(map instanceof Map)) throw malformed(where, "no binding");
  const member = (label: number): CborValue | undefined =>
    (map as ReadonlyMap<string | number, CborValue>).get(label);
  const grant = member(Label.grant);
  if (map.size !== (grant === undefined ? 5 : 6)) throw malformed(where, "no binding");
  const [agency, issuedAt, expiresAt] = [Label.agency, Label.iat, Label.exp].map(member);
  if (typeof agency !== "string") throw malformed(`${where}.agency`, "not text");
  if (!isUint(issuedAt) || !isUint(expiresAt)) throw malformed(where, "times expected");
  const [root, index] = certificateOf(member(Label.certificate), where);
  const key = confirmationKey(member(Label.cnf), where);
  const binding = { agency, root, index, key, issuedAt, expiresAt, sign1 };
  if (grant === undefined) return binding;
  return { ...binding, grant: grantFromCbor(grant, `${where}.grant`) };
}

function certificateOf(value: CborValue | undefined, where: string): [Uint8Array, number] {
  const [root, index] = Array.isArray(value) && value.length === 2 ? (value as CborValue[]) : [];
  if (!(root instanceof Uint8Array) || root.length !== 32 || !isUint(index)) {
    throw malformed(`${where}.certificate`, "root and index expected");
  }
  return [root, index];
}

/** The `cnf` claim (RFC 8747): {1: COSE_Key}. */
export function keyConfirmation(key: P256PublicKey): CborValue {
  return new Map<number, CborValue>([[CnfKey, keyToCbor(key)]]);
}

/** The key in a `cnf` claim. @throws FormatError MALFORMED */
export function confirmationKey(value: CborValue | undefined, where: string): P256PublicKey {
  if (!(value instanceof Map) || value.size !== 1)
    throw malformed(`${where}.cnf`, "one key expected");
  return keyFromCbor(
    (value as ReadonlyMap<string | number, CborValue>).get(CnfKey),
    `${where}.cnf`,
  );
}
