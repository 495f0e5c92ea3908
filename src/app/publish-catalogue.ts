/** Publishes certificate types on the chain: the hash of each definition and what a verifier needs of it. */
import { canonicalBytes } from "../core/catalogue/canonical-bytes.ts";
import type { CertificateType } from "../core/catalogue/certificate-type.ts";
import { toHex } from "../core/encoding/bytes.ts";
import type { Hash } from "../core/hashing.ts";
import type { ChangeReceipt, Governance, Progress } from "../ports.ts";

/** Keccak-256 of the definition's canonical JSON (RFC 8785): what binds a catalogue file to the chain. */
export function schemaHash(keccak256: Hash, type: CertificateType): string {
  return `0x${toHex(keccak256(canonicalBytes(type)))}`;
}

/** @param types in the order of their versions. @throws Problem CONTRACT_REFUSED */
export async function publishCatalogue(
  governance: Governance,
  keccak256: Hash,
  types: readonly CertificateType[],
  progress?: Progress,
): Promise<ChangeReceipt[]> {
  const receipts: ChangeReceipt[] = [];
  for (const type of types) {
    receipts.push(await governance.publishType(publicationOf(keccak256, type)));
    progress?.("types", receipts.length, types.length);
  }
  return receipts;
}

function publicationOf(
  keccak256: Hash,
  type: CertificateType,
): Parameters<Governance["publishType"]>[0] {
  return {
    type: type.code,
    region: type.region,
    schemaHash: schemaHash(keccak256, type),
    name: type.names.zh,
    nameEn: type.names.en,
    alwaysDisclosed: type.alwaysDisclosed,
    uri: "",
    basis: type.provenance.note,
  };
}
