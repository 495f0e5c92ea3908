/** The conformance vectors, from this folder or from the one that LZ_VECTORS names. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ClaimValue } from "../../src/core/encoding/cbor.ts";
import { fromHex } from "../../src/core/encoding/bytes.ts";
import type { SuiteId } from "../../src/core/hashing.ts";

export interface VectorClaim {
  salt: string;
  name: string;
  value: ClaimValue;
}

export interface ClaimsVector {
  suite: SuiteId;
  claims: VectorClaim[];
  /** Null in long vectors, where the root alone says it. */
  encoded: string[] | null;
  leaves: string[] | null;
  claimsRoot: string;
  disclosures: { positions: number[]; proof: string[] }[];
}

export interface LeafVector {
  suite: SuiteId;
  index: number;
  notBefore: number;
  notAfter: number | null;
  claimCount: number;
  holder: string;
  claimsRoot: string;
  leaf: string;
}

export interface BatchVector {
  suite: SuiteId;
  size: number;
  tag: string;
  root: string;
  proofs: { index: number; leaf: string; path: string[] }[];
}

export interface PresentationVector {
  suite: SuiteId;
  size: number;
  holder: string;
  holderPrivateKey?: string;
  agencyPrivateKey?: string;
  agencyPublicKey?: [string, string];
  binding?: string;
  certificate: {
    index: number;
    notBefore: number;
    notAfter: number | null;
    claims: VectorClaim[];
    path: string[];
    agency: string;
    root: string;
  };
  disclosed: number[];
  payload: string;
  wire: string;
  qr: string;
}

export interface InvalidVector {
  name: string;
  qr: string;
  check: string;
  code: string;
}

const folder = process.env["LZ_VECTORS"] ?? import.meta.dirname;

function load<T>(name: string): T[] {
  return JSON.parse(readFileSync(join(folder, name), "utf8")) as T[];
}

export const claimsVectors = load<ClaimsVector>("claims.json");
export const leafVectors = load<LeafVector>("leaves.json");
export const batchVectors = load<BatchVector>("batches.json");
export const presentationVectors = load<PresentationVector>("presentations.json");
export const invalidVectors = load<InvalidVector>("invalid.json");

export function bytes(hex: string): Uint8Array {
  return fromHex(hex) as Uint8Array;
}

export function claimOf({ salt, name, value }: VectorClaim) {
  return { salt: bytes(salt), name, value };
}
