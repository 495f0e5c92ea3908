/** The ten checks and every code a check can end in (protocol, 12). They are stable for ever; their words are beside. */
import type { FormatCode } from "../encoding/format-error.ts";

export const CHECK_NAMES = [
  "format",
  "integrity",
  "anchor",
  "issuer",
  "status",
  "validity",
  "recognition",
  "holder",
  "freshness",
  "disclosure",
] as const;

export type CheckName = (typeof CHECK_NAMES)[number];

export type CheckCode =
  | FormatCode
  | "ROOT_MISMATCH"
  | "INDEX_OUT_OF_RANGE"
  | "PATH_TOO_LONG"
  | "METADATA_MISMATCH"
  | "ROOT_NOT_ANCHORED"
  | "ANCHOR_NOT_FINAL"
  | "CHAIN_STALE"
  | "OUTSIDE_PACK"
  | "WRONG_CHAIN"
  | "AGENCY_UNKNOWN"
  | "AGENCY_NOT_AUTHORISED"
  | "ANCHOR_DISTRUSTED"
  | StatusCode
  | "NOT_YET_VALID"
  | "EXPIRED"
  | "NO_RULE"
  | "DENIED"
  | "RECOGNITION_SUSPENDED"
  | "RECOGNITION_EXPIRED"
  | "ASSURANCE_TOO_LOW"
  | "SIGNATURE_INVALID"
  | "HOLDER_MISMATCH"
  | "BINDING_INVALID"
  | "BINDING_EXPIRED"
  | "HOLDER_PROOF_REQUIRED"
  | "GRANT_NOT_FOR_PURPOSE"
  | "PRESENTATION_EXPIRED"
  | "CLOCK_SKEW"
  | "NONCE_MISMATCH"
  | "AUDIENCE_MISMATCH"
  | "REPLAYED"
  | "CLAIM_MISSING";

export type StatusCode =
  | "SUSPENDED"
  | "SUPERSEDED"
  | "CANCELLED"
  | "WITHDRAWN"
  | "REVOKED"
  | "TRANSFERRED"
  | "OTHER_STATUS";
