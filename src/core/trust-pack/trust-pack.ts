/**
 * A trust pack (离线信任包): what of the ledger a counter needs to judge without a network, signed by the
 * service that followed the chain. A head that is signed each time it is given out names the content by its
 * hash, so that the same content serves all, and its age is seen to be that of the head.
 */
import { equalBytes } from "../encoding/bytes.ts";
import { decodeCbor, encodeCbor } from "../encoding/cbor.ts";
import { FormatError, malformed } from "../encoding/format-error.ts";
import type { P256PublicKey, Primitives } from "../hashing.ts";
import type { Deployment, LedgerIdentity, LedgerState } from "../ledger/state.ts";
import { decodeSign1, encodeSign1, sign1Message, verifySign1 } from "../presentation/cose.ts";
import { Problem } from "../problem.ts";
import { batchColumns } from "./batches.ts";
import type { Decoded } from "./codec.ts";
import { bytes, hex, integer, list, nullable, oneOf, record, text } from "./codec.ts";
import { governance } from "./governance.ts";
import { selection } from "./place.ts";
import { statusColumns } from "./statuses.ts";

export const TRUST_PACK_MEDIA_TYPE = "application/vnd.liangzheng.trust-pack+cbor";
/** 300,000 batches with 12 million changes take some 100 MB. */
const MAX_PACK_BYTES = 256 * 2 ** 20;

const deployment = { directory: hex(20), anchor: hex(20) };

const head = record({
  form: oneOf(1),
  /** Of the key that signs it. */
  keyId: text,
  identity: record<LedgerIdentity>({
    chainId: integer,
    ...deployment,
    predecessors: list<Deployment>(record(deployment)),
  }),
  selection,
  block: record({ number: integer, hash: hex(32), time: integer }),
  /** When a node last confirmed it, in seconds since 1970: how old the pack is. */
  asOf: integer,
  /** Keys of batches that were not final yet. */
  pending: list(text),
  sequence: integer,
  logHead: hex(32),
  sequences: record<LedgerState["sequences"]>({
    AuthorityRegistry: integer,
    AgencyRegistry: integer,
    CertificateCatalog: integer,
    RecognitionPolicy: integer,
  }),
  /** Of the pack that this one goes on from; null where it is whole. */
  after: nullable(text),
  place: text,
  contentHash: bytes,
});

/** `governance` is null where nothing of it changed since the pack before. */
const content = record({
  governance: nullable(governance),
  batches: batchColumns,
  statuses: statusColumns,
});

export type PackHead = Decoded<typeof head>;
export type PackContent = Decoded<typeof content>;

/** A pack whose signature was found good. */
export interface TrustPack {
  readonly head: PackHead;
  readonly content: PackContent;
}

export interface PackSigner {
  readonly keyId: string;
  /** ES256. */
  sign(message: Uint8Array): Uint8Array;
}

export function encodeContent(value: PackContent): Uint8Array {
  return encodeCbor(content.encode(value));
}

export function signPack(
  signer: PackSigner,
  { contentHash, ...others }: Omit<PackHead, "form" | "keyId">,
  contentBytes: Uint8Array,
): Uint8Array {
  const { keyId } = signer;
  const payload = encodeCbor(head.encode({ form: 1, keyId, ...others, contentHash }));
  const signature = signer.sign(sign1Message(payload));
  return encodeCbor([encodeSign1({ payload, signature }), contentBytes]);
}

/** @throws Problem TRUST_PACK_INVALID for what this key did not sign, or what can't be read. */
export function openPack(
  pack: Uint8Array,
  key: P256PublicKey,
  primitives: Pick<Primitives, "sha256" | "verifyEs256" | "verifySm2" | "keccak256" | "sm3">,
): TrustPack {
  try {
    return readPack(pack, key, primitives);
  } catch (error) {
    if (error instanceof FormatError) throw new Problem("TRUST_PACK_INVALID", error.message, error);
    throw error;
  }
}

function readPack(pack: Uint8Array, key: P256PublicKey, primitives: Primitives): TrustPack {
  if (pack.length > MAX_PACK_BYTES) throw malformed("pack", "too large");
  const [signed, contentBytes] = twoParts(pack);
  const sign1 = decodeSign1(signed, "pack.head");
  if (!verifySign1(primitives, key, sign1)) {
    throw new Problem("TRUST_PACK_INVALID", "it is not signed by the key of the service");
  }
  const decoded = head.decode(decodeCbor(sign1.payload, "pack.head"), "pack.head");
  if (!equalBytes(primitives.sha256(contentBytes), decoded.contentHash)) {
    throw malformed("pack.content", "it is not what was signed");
  }
  return {
    head: decoded,
    content: content.decode(decodeCbor(contentBytes, "pack.content"), "pack.content"),
  };
}

/** Nothing of the content is looked at before its signature was. */
function twoParts(pack: Uint8Array): [Uint8Array, Uint8Array] {
  const parts = decodeCbor(pack, "pack");
  if (!Array.isArray(parts) || parts.length !== 2) throw malformed("pack", "no two parts");
  const [signed, contentBytes] = parts as [unknown, unknown];
  if (signed instanceof Uint8Array && contentBytes instanceof Uint8Array) {
    return [signed, contentBytes];
  }
  throw malformed("pack", "no bytes");
}
