/**
 * A certificate type (证照类型) as data: one entry of the catalogue. It says which claims a
 * certificate of the type makes, how each is called, shown and masked, and how long it holds.
 */
import type { AgencyCode } from "../identifiers/credit-code.ts";
import type { RegionCode } from "../identifiers/region.ts";
import type { TypeCode } from "../identifiers/type-code.ts";
import type { RecordSchema } from "./record-schema.ts";

export interface Names {
  readonly zh: string;
  readonly en: string;
}

export interface CertificateType {
  readonly code: TypeCode;
  /** The schema version, 1 to 65535. */
  readonly version: number;
  readonly names: Names;
  /** Its code is the first 18 characters of the type's. */
  readonly definingAuthority: Names & { readonly code: AgencyCode };
  /** `0` for a national type, else the region that defined a local one. */
  readonly region: RegionCode;
  readonly holderType: "person" | "organisation" | "asset";
  /** JSON Schema (draft 2020-12) of one record. */
  readonly schema: RecordSchema;
  /** One for each property of the schema, in the order in which they are shown. */
  readonly claims: readonly ClaimDefinition[];
  /** Claims that no presentation may withhold. */
  readonly alwaysDisclosed: readonly string[];
  /** The claim that holds the number on the certificate's face (证照编号), unique in an agency. */
  readonly numberClaim: string;
  readonly validity: ValidityRule;
  /** What its page's template is known by: see templateHash. None: it has the usual page. */
  readonly template?: string;
  readonly provenance: Provenance;
}

export interface ClaimDefinition extends Names {
  readonly name: string;
  /** The element's short name in GB/T 36903, such as `ZZMC`, where it is known. */
  readonly sourceName?: string;
  readonly sensitivity: Sensitivity;
  readonly mask: MaskName;
  /** The parts of a claim that is a map or a list of maps. */
  readonly parts?: readonly ClaimDefinition[];
}

/** `sensitive` is personal data that needs separate consent (PIPL, article 29). */
export type Sensitivity = "public" | "personal" | "sensitive";

export type MaskName = "none" | "name" | "citizenId" | "phone" | "address" | "creditCode" | "all";

/** From the day in claim `from`: without end, for some years, or to the day in claim `until`. */
export type ValidityRule =
  | { readonly kind: "permanent"; readonly from: string }
  | { readonly kind: "years"; readonly from: string; readonly years: number }
  /** A record whose `until` is null (长期) or absent has no end. */
  | { readonly kind: "until"; readonly from: string; readonly until: string };

export interface Provenance {
  /** `demo`: code or content is invented or could not be verified; not for real certificates. */
  readonly kind: "published" | "demo";
  /** Where the code comes from. */
  readonly note: string;
}
