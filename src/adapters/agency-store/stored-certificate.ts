/** Single certificates out of the flat buffers of a page. */
import { HASH_BYTES } from "../../core/batch/tree.ts";
import type { Claim } from "../../core/certificate/claim.ts";
import { SALT_BYTES } from "../../core/certificate/claim.ts";
import { decodeCbor } from "../../core/encoding/cbor.ts";
import { claimValueFromCbor } from "../../core/encoding/claim-value.ts";
import type { IssuedCertificate } from "../../ports/issued.ts";
import { entry } from "../hashing/flat-certificates.ts";
import type { FlatCertificates, FlatItems } from "../hashing/flat-certificates.ts";

/** @throws FormatError where names or values are not what claims may have */
export function certificateAt(
  certificates: FlatCertificates,
  place: number,
  index: number,
): IssuedCertificate {
  const { validities, holders, claimStarts } = certificates;
  const notAfter = entry(validities, 2 * place + 1);
  const claims: Claim[] = [];
  for (let i = entry(claimStarts, place); i < entry(claimStarts, place + 1); i++) {
    claims.push(claimAt(certificates, i));
  }
  return {
    index,
    notBefore: entry(validities, 2 * place),
    notAfter: notAfter === Infinity ? null : notAfter,
    holder: holders.slice(place * HASH_BYTES, (place + 1) * HASH_BYTES),
    claims,
  };
}

function claimAt({ names, nameNumbers, values, salts }: FlatCertificates, claim: number): Claim {
  const name = decodeCbor(itemAt(names, entry(nameNumbers, claim))) as string;
  const value = claimValueFromCbor(decodeCbor(itemAt(values, claim)), name);
  return { name, value, salt: salts.slice(claim * SALT_BYTES, (claim + 1) * SALT_BYTES) };
}

function itemAt({ bytes, ends }: FlatItems, item: number): Uint8Array {
  return bytes.subarray(entry(ends, item), entry(ends, item + 1));
}
