/** A presentation (亮证): chosen claims, their proofs and, with a holder key, a fresh signature (protocol, 9). */
import type { CborValue } from "../encoding/cbor.ts";
import { Tagged, decodeCbor, encodeCbor, isUint } from "../encoding/cbor.ts";
import { FormatError, malformed } from "../encoding/format-error.ts";
import type { P256PublicKey } from "../hashing.ts";
import { confirmationKey, decodeBinding } from "./binding.ts";
import type { Binding } from "./binding.ts";
import { keyToCbor, sign1FromCbor } from "./cose.ts";
import type { Sign1 } from "./cose.ts";
import type { Proof } from "./proof.ts";
import { proofFromCbor, proofToCbor } from "./proof.ts";

/** CWT claim keys (RFC 8392) and the protocol's own. */
const Label = { aud: 3, exp: 4, iat: 6, cnf: 8, nonce: 10, certificate: -65537, binding: -65538 };
const LABELS: ReadonlySet<unknown> = new Set(Object.values(Label));
const CnfKey = 1;
export const MAX_NONCE_BYTES = 64;
const MAX_AUDIENCE_CHARACTERS = 128;

/** What a holder chooses to say. Times are seconds since 1970; with `holderKey` both are there. */
export interface PresentationContent {
  readonly proof: Proof;
  readonly audience?: string;
  readonly issuedAt?: number;
  readonly expiresAt?: number;
  readonly nonce?: Uint8Array;
  readonly holderKey?: P256PublicKey;
  /** The encoded binding. */
  readonly binding?: Uint8Array;
}

/** As decoded: `sign1` is there exactly when `holderKey` is. */
export interface Presentation extends Omit<PresentationContent, "binding"> {
  readonly binding?: Binding;
  readonly sign1?: Sign1;
}

/** The map that is shown as it is by a bearer, or signed by a holder as the payload of a COSE_Sign1. */
export function encodePresentationContent(content: PresentationContent): Uint8Array {
  const map = new Map<number, CborValue>([[Label.certificate, proofToCbor(content.proof)]]);
  if (content.audience !== undefined) map.set(Label.aud, content.audience);
  if (content.expiresAt !== undefined) map.set(Label.exp, content.expiresAt);
  if (content.issuedAt !== undefined) map.set(Label.iat, content.issuedAt);
  if (content.holderKey !== undefined) {
    map.set(Label.cnf, new Map<number, CborValue>([[CnfKey, keyToCbor(content.holderKey)]]));
  }
  if (content.nonce !== undefined) map.set(Label.nonce, content.nonce);
  if (content.binding !== undefined) map.set(Label.binding, content.binding);
  return encodeCbor(map);
}

/** @throws FormatError. Nothing is said of proofs and signatures yet. */
export function decodePresentation(bytes: Uint8Array): Presentation {
  const outer = decodeCbor(bytes, "presentation");
  if (outer instanceof Tagged) {
    const sign1 = sign1FromCbor(outer, "presentation");
    return withSignature(contentOf(decodeCbor(sign1.payload, "payload")), sign1);
  }
  const content = contentOf(outer);
  if (content.holderKey !== undefined) throw malformed("cnf", "a holder's key without a signature");
  return content;
}

function withSignature(content: Presentation, sign1: Sign1): Presentation {
  if (content.holderKey === undefined) throw malformed("cnf", "a signature without a holder's key");
  if (content.issuedAt === undefined) throw malformed("iat", "signed without its time");
  return { ...content, sign1 };
}

function contentOf(value: CborValue): Presentation {
  if (!(value instanceof Map)) throw malformed("presentation", "no map");
  const map = value as ReadonlyMap<string | number, CborValue>;
  for (const label of map.keys()) {
    if (!LABELS.has(label))
      throw new FormatError("UNSUPPORTED_VERSION", String(label), "unknown key");
  }
  const binding = map.get(Label.binding);
  return {
    proof: proofFromCbor(map.get(Label.certificate)),
    ...timesOf(map.get(Label.iat), map.get(Label.exp)),
    ...audienceOf(map.get(Label.aud)),
    ...nonceOf(map.get(Label.nonce)),
    ...(map.has(Label.cnf) && { holderKey: confirmationKey(map.get(Label.cnf), "presentation") }),
    ...(binding !== undefined && { binding: bindingOf(binding) }),
  };
}

function timesOf(
  issuedAt: CborValue | undefined,
  expiresAt: CborValue | undefined,
): Pick<Presentation, "issuedAt" | "expiresAt"> {
  if (issuedAt === undefined && expiresAt === undefined) return {};
  if (!isUint(issuedAt) || !isUint(expiresAt)) throw malformed("iat, exp", "both times or neither");
  return { issuedAt, expiresAt };
}

function audienceOf(audience: CborValue | undefined): Pick<Presentation, "audience"> {
  if (audience === undefined) return {};
  if (typeof audience !== "string" || audience.length > MAX_AUDIENCE_CHARACTERS) {
    throw malformed("aud", "text of at most 128 characters expected");
  }
  return { audience };
}

function nonceOf(nonce: CborValue | undefined): Pick<Presentation, "nonce"> {
  if (nonce === undefined) return {};
  if (!(nonce instanceof Uint8Array) || nonce.length > MAX_NONCE_BYTES) {
    throw malformed("nonce", "at most 64 bytes expected");
  }
  return { nonce };
}

function bindingOf(value: CborValue): Binding {
  if (!(value instanceof Uint8Array)) throw malformed("binding", "bytes expected");
  return decodeBinding(value, "binding");
}
