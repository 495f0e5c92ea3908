/**
 * A binding (protocol, 9): the agency's word that a certificate issued before any holder's key was
 * known now belongs to a key. Signed by one of the agency's document keys; lives 30 days at most.
 */
import type { CborValue } from "../encoding/cbor.ts";
import { decodeCbor, encodeCbor, isUint } from "../encoding/cbor.ts";
import { malformed } from "../encoding/format-error.ts";
import type { KeyAlgorithm, P256PublicKey } from "../hashing.ts";
import { decodeSign1, keyFromCbor, keyToCbor } from "./cose.ts";
import type { Sign1 } from "./cose.ts";

export const MAX_BINDING_SECONDS = 30 * 86_400;
const Label = { agency: 1, exp: 4, iat: 6, cnf: 8, certificate: -65539 };
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
}

export interface Binding extends BindingContent {
  readonly sign1: Sign1;
}

/** The payload that a document key signs. */
export function encodeBindingContent(content: BindingContent): Uint8Array {
  return encodeCbor(
    new Map<number, CborValue>([
      [Label.agency, content.agency],
      [Label.exp, content.expiresAt],
      [Label.iat, content.issuedAt],
      [Label.cnf, new Map<number, CborValue>([[CnfKey, keyToCbor(content.key)]])],
      [Label.certificate, [content.root, content.index]],
    ]),
  );
}

/** @throws FormatError MALFORMED. Nothing is said of the signature yet. */
export function decodeBinding(bytes: Uint8Array, where: string): Binding {
  const sign1 = decodeSign1(bytes, where, AGENCY_ALGORITHMS);
  const map = decodeCbor(sign1.payload, where);
  if (!(map instanceof Map) || map.size !== 5) throw malformed(where, "no binding");
  const member = (label: number): CborValue | undefined =>
    (map as ReadonlyMap<string | number, CborValue>).get(label);
  const [agency, issuedAt, expiresAt] = [Label.agency, Label.iat, Label.exp].map(member);
  if (typeof agency !== "string") throw malformed(`${where}.agency`, "not text");
  if (!isUint(issuedAt) || !isUint(expiresAt)) throw malformed(where, "times expected");
  const [root, index] = certificateOf(member(Label.certificate), where);
  const key = confirmationKey(member(Label.cnf), where);
  return { agency, root, index, key, issuedAt, expiresAt, sign1 };
}

function certificateOf(value: CborValue | undefined, where: string): [Uint8Array, number] {
  const [root, index] = Array.isArray(value) && value.length === 2 ? (value as CborValue[]) : [];
  if (!(root instanceof Uint8Array) || root.length !== 32 || !isUint(index)) {
    throw malformed(`${where}.certificate`, "root and index expected");
  }
  return [root, index];
}

/** The `cnf` claim (RFC 8747): {1: COSE_Key}. */
export function confirmationKey(value: CborValue | undefined, where: string): P256PublicKey {
  if (!(value instanceof Map) || value.size !== 1)
    throw malformed(`${where}.cnf`, "one key expected");
  return keyFromCbor(
    (value as ReadonlyMap<string | number, CborValue>).get(CnfKey),
    `${where}.cnf`,
  );
}
