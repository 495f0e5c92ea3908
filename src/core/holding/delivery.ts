/**
 * What an agency's endpoint delivers for a claim code: a certificate to its holder, or to a delegate the proof of
 * what may be shown. JSON, which travels encrypted to the key that the wallet made for it.
 */
import { canonicalBytes } from "../catalogue/canonical-bytes.ts";
import type { CertificateType } from "../catalogue/certificate-type.ts";
import type { PageTemplate } from "../catalogue/page-template.ts";
import { parsePageTemplate, templateHash } from "../catalogue/page-template.ts";
import type { CertificateFile } from "../certificate/certificate-file.ts";
import { certificateFromJson, certificateToJson } from "../certificate/certificate-file.ts";
import { fromBase64Url, toBase64Url, toHex } from "../encoding/bytes.ts";
import { decodeCbor, encodeCbor } from "../encoding/cbor.ts";
import { malformed } from "../encoding/format-error.ts";
import { formatInstant } from "../encoding/instant.ts";
import type { Primitives } from "../hashing.ts";
import { decodeBinding } from "../presentation/binding.ts";
import type { Grant } from "../presentation/grant.ts";
import { proofFromCbor, proofToCbor } from "../presentation/proof.ts";
import type { Proof } from "../presentation/proof.ts";

/** How the certificates of a type are called, masked and drawn. */
export interface DeliveredType {
  readonly definition: CertificateType;
  /** 0x and Keccak-256 of its canonical JSON: the chain's schemaHash, or it is not the type's definition. */
  readonly definitionHash: string;
  /** Only one that the definition pins. */
  readonly template: PageTemplate | null;
}

export interface DeliveredCertificate extends DeliveredType {
  readonly certificate: CertificateFile;
  /** Null where the holder's key is in the certificate's leaf. */
  readonly binding: Uint8Array | null;
}

export interface DeliveredDelegation extends DeliveredType {
  readonly delegated: Delegated;
  readonly binding: Uint8Array;
}

/** What a delegate may show, and for what. */
export interface Delegated extends Grant {
  /** 32 hex digits. */
  readonly id: string;
  /** Of exactly the claims that may be shown. */
  readonly proof: Proof;
  readonly claims: readonly string[];
  /** Seconds since 1970. */
  readonly until: number;
}

export type Delivery = DeliveredCertificate | DeliveredDelegation;

/** As it is encrypted. */
export function deliveryToJson(
  delivery:
    Omit<DeliveredCertificate, "definitionHash"> | Omit<DeliveredDelegation, "definitionHash">,
): Record<string, unknown> {
  const { binding, definition, template } = delivery;
  const rest = { binding: binding && toBase64Url(binding), definition, template };
  if ("certificate" in delivery) {
    return { certificate: certificateToJson(delivery.certificate), ...rest };
  }
  return { delegated: delegatedToJson(delivery.delegated), ...rest };
}

/** All else is in the binding and the proof. */
function delegatedToJson({ id, proof, until }: Delegated): Record<string, unknown> {
  return { id, proof: toBase64Url(encodeCbor(proofToCbor(proof))), until: formatInstant(until) };
}

/** @throws FormatError MALFORMED, and those of certificateFromJson; nothing is said of proofs and signatures yet */
export function readDelivery(
  primitives: Pick<Primitives, "keccak256" | "sha256">,
  json: unknown,
): Delivery {
  const { certificate, delegated, binding, ...type } = membersOf(json, "delivery");
  const shared = typeOf(primitives, type);
  const bytes = binding === null ? null : bytesOf(binding, "delivery.binding");
  const bound = bytes === null ? null : decodeBinding(bytes, "delivery.binding");
  if (delegated === undefined) {
    return { ...shared, certificate: certificateFromJson(certificate), binding: bytes };
  }
  if (bytes === null || bound?.grant === undefined) {
    throw malformed("delivery.binding", "a delegate's key is bound with a grant");
  }
  return { ...shared, delegated: delegatedOf(delegated, bound.grant), binding: bytes };
}

const DELEGATION_ID = /^[0-9a-f]{32}$/;

function delegatedOf(json: unknown, grant: Grant): Delegated {
  const { id, proof: encoded, until } = membersOf(json, "delivery.delegated");
  const ends = typeof until === "string" ? Date.parse(until) / 1000 : Number.NaN;
  if (typeof id !== "string" || !DELEGATION_ID.test(id) || !Number.isSafeInteger(ends)) {
    throw malformed("delivery.delegated", "id and until expected");
  }
  const bytes = bytesOf(encoded, "delivery.delegated.proof");
  const proof = proofFromCbor(decodeCbor(bytes, "delivery.delegated.proof"));
  return { id, proof, claims: proof.disclosed.map(({ name }) => name), until: ends, ...grant };
}

type Members = Readonly<Record<string, unknown>>;

function membersOf(json: unknown, where: string): Members {
  if (typeof json === "object" && json !== null) return json as Members;
  throw malformed(where, "a JSON object expected");
}

function bytesOf(value: unknown, where: string): Uint8Array {
  const bytes = typeof value === "string" ? fromBase64Url(value) : null;
  if (bytes === null) throw malformed(where, "base64url expected");
  return bytes;
}

function typeOf(
  { keccak256, sha256 }: Pick<Primitives, "keccak256" | "sha256">,
  { definition: given, template }: Members,
): DeliveredType {
  const definition = definitionOf(given);
  return {
    definition,
    definitionHash: `0x${toHex(keccak256(canonicalBytes(definition)))}`,
    template: template === null ? null : pinnedTemplate(sha256, template, definition.template),
  };
}

/** As far as a page reads it; whether it is the type's is for the chain to say, by its hash. */
function definitionOf(json: unknown): CertificateType {
  const definition = membersOf(json, "delivery.definition");
  const { code, version, names, claims, alwaysDisclosed } = definition;
  const isOne =
    typeof code === "string" &&
    typeof version === "number" &&
    isNamed(names) &&
    isListOf(claims, isNamed) &&
    isListOf(alwaysDisclosed, (name) => typeof name === "string");
  if (!isOne) throw malformed("delivery.definition", "a type's definition expected");
  return definition as unknown as CertificateType;
}

function isNamed(value: unknown): boolean {
  const { zh, en } = Object(value) as Members;
  return typeof zh === "string" && typeof en === "string";
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function pinnedTemplate(
  sha256: Primitives["sha256"],
  json: unknown,
  pinned: string | undefined,
): PageTemplate {
  const parsed = parsePageTemplate(json);
  if (!parsed.ok) throw malformed("delivery.template", parsed.fault);
  if (templateHash(sha256, parsed.template) === pinned) return parsed.template;
  throw malformed("delivery.template", "not the one that the type's definition names");
}
