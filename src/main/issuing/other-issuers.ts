/** Finds records that name another issuer than the agency: of a table that was meant for another. */
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import type { IssuerClaim } from "../../core/catalogue/issuer-claims.ts";
import { issuerClaims } from "../../core/catalogue/issuer-claims.ts";
import { decodeCbor } from "../../core/encoding/cbor.ts";
import type { FlatRecords, OtherIssuer } from "../../ports/issuing-workers.ts";
import { textHeadBytes } from "../../adapters/hashing/quick-cbor.ts";
import { claimNames } from "../../app/issue/record-reader.ts";

interface PlacedClaim extends IssuerClaim {
  /** Its place among the type's names. */
  readonly place: number;
}

export class OtherIssuers {
  readonly #claims: readonly PlacedClaim[];
  /** The agency's code in ASCII. */
  readonly #agency: Uint8Array;

  constructor(type: CertificateType, agency: string) {
    const names = claimNames(type);
    this.#claims = issuerClaims(type).map((claim) => {
      return { ...claim, place: names.indexOf(claim.name) };
    });
    this.#agency = new TextEncoder().encode(agency);
  }

  /** @param records that were found right */
  in(records: FlatRecords): OtherIssuer[] {
    return this.#claims.flatMap((claim) => this.#inClaim(claim, records));
  }

  #inClaim({ name, place, before }: PlacedClaim, records: FlatRecords): OtherIssuer[] {
    const { nameNumbers, claimStarts, values } = records;
    const found = new Map<string, number[]>();
    for (let i = 0, record = 0; i < nameNumbers.length; i++) {
      if (nameNumbers[i] !== place) continue;
      const from = values.ends[i] as number;
      const head = textHeadBytes(values.bytes, from);
      if (head === 0 || this.#isOwn(values.bytes, from + head + before)) continue;
      while ((claimStarts[record + 1] as number) <= i) record++;
      const text = decodeCbor(values.bytes.subarray(from, values.ends[i + 1])) as string;
      const issuer = text.slice(before, before + this.#agency.length);
      const places = found.get(issuer) ?? [];
      places.push(record);
      found.set(issuer, places);
    }
    return Array.from(found, ([issuer, places]) => ({ claim: name, issuer, places }));
  }

  #isOwn(bytes: Uint8Array, at: number): boolean {
    const agency = this.#agency;
    for (let i = 0; i < agency.length; i++) if (bytes[at + i] !== agency[i]) return false;
    return true;
  }
}
