/** The certificate file `*.lzc.json` (protocol, 8): one certificate with its proof, for its holder alone. */
import { MAX_PATH_HASHES } from "../batch/path.ts";
import { HASH_BYTES } from "../batch/tree.ts";
import { fromBase64Url, readHex, toBase64Url, toHex } from "../encoding/bytes.ts";
import type { ClaimValue } from "../encoding/cbor.ts";
import { claimValueToCbor } from "../encoding/claim-value.ts";
import { formatInstant } from "../encoding/instant.ts";
import { FormatError, malformed } from "../encoding/format-error.ts";
import type { SuiteId } from "../hashing.ts";
import { suiteName, suiteOfName } from "../hashing.ts";
import type { Claim } from "./claim.ts";
import { MAX_CLAIMS, SALT_BYTES, checkClaimOrder } from "./claim.ts";
import type { Validity } from "./leaf.ts";

export const CERTIFICATE_FORMAT = "liangzheng/1";
export const CERTIFICATE_EXTENSION = ".lzc.json";
/** 256 claims of a kilobyte and their proof fit; anything longer is not a certificate. */
export const MAX_CERTIFICATE_CHARACTERS = 1_048_576;

/** What the file says of its type, agency and region is a convenience; the chain's record decides. */
export interface CertificateFile extends Validity {
  readonly suite: SuiteId;
  readonly type: string;
  readonly schemaVersion: number;
  readonly agency: string;
  readonly region: string;
  /** 32 bytes; all zero for a bearer certificate. */
  readonly holder: Uint8Array;
  readonly claims: readonly Claim[];
  readonly batch: BatchReference;
}

export interface BatchReference {
  readonly chainId: number;
  /** Address of the BatchAnchor contract, 0x and 40 lower-case hex digits. */
  readonly anchor: string;
  readonly root: Uint8Array;
  readonly size: number;
  readonly index: number;
  readonly path: Uint8Array;
}

const MEMBERS = [
  ...["format", "suite", "type", "schemaVersion", "agency", "region", "notBefore", "notAfter"],
  ...["holder", "claims", "batch"],
];
const BATCH_MEMBERS = ["chainId", "anchor", "root", "size", "index", "path"];
const CLAIM_MEMBERS = ["name", "value", "salt"];
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const ADDRESS = /^0x[0-9a-f]{40}$/;
const BEARER = new Uint8Array(HASH_BYTES);

/** The JSON of one certificate, in the order of the protocol's example. */
export function certificateToJson(certificate: CertificateFile): Record<string, unknown> {
  const { batch } = certificate;
  return {
    format: CERTIFICATE_FORMAT,
    suite: suiteName(certificate.suite),
    type: certificate.type,
    schemaVersion: certificate.schemaVersion,
    agency: certificate.agency,
    region: certificate.region,
    notBefore: formatInstant(certificate.notBefore),
    notAfter: certificate.notAfter === null ? null : formatInstant(certificate.notAfter),
    holder: isBearer(certificate.holder) ? null : `0x${toHex(certificate.holder)}`,
    claims: certificate.claims.map(({ name, value, salt }) => ({
      name,
      value,
      salt: toBase64Url(salt),
    })),
    batch: {
      chainId: batch.chainId,
      anchor: batch.anchor,
      root: `0x${toHex(batch.root)}`,
      size: batch.size,
      index: batch.index,
      path: hexHashes(batch.path),
    },
  };
}

export function isBearer(holder: Uint8Array): boolean {
  return holder.every((byte) => byte === 0);
}

function hexHashes(path: Uint8Array): string[] {
  const count = path.length / HASH_BYTES;
  return Array.from({ length: count }, (_, i) => {
    return `0x${toHex(path.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES))}`;
  });
}

/** @throws FormatError MALFORMED with the member's place, UNSUPPORTED_VERSION, or TOO_LARGE. */
export function parseCertificateText(text: string): CertificateFile {
  if (text.length > MAX_CERTIFICATE_CHARACTERS) {
    throw new FormatError("TOO_LARGE", "certificate", "more than a million characters");
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw malformed("certificate", "not JSON; the file may be cut short");
  }
  return certificateFromJson(json);
}

/** @throws FormatError as parseCertificateText. Unknown members are refused, since nothing proves them. */
export function certificateFromJson(json: unknown): CertificateFile {
  const file = membersOf(json, "certificate");
  if (file["format"] !== CERTIFICATE_FORMAT) {
    const found = typeof file["format"] === "string" ? file["format"] : "none";
    throw new FormatError("UNSUPPORTED_VERSION", "format", `'${found}'; expected liangzheng/1`);
  }
  onlyMembers(file, MEMBERS, "certificate");
  return {
    suite: suiteOf(file["suite"]),
    type: textOf(file["type"], /^[0-9A-Z]{18}\d{3}$/, "type"),
    schemaVersion: integerOf(file["schemaVersion"], 1, 0xffff, "schemaVersion"),
    agency: textOf(file["agency"], /^[0-9A-Z]{18}$/, "agency"),
    region: textOf(file["region"], /^(?:\d{6}|0)$/, "region"),
    notBefore: instantOf(file["notBefore"], "notBefore"),
    notAfter: file["notAfter"] === null ? null : instantOf(file["notAfter"], "notAfter"),
    holder: file["holder"] === null ? BEARER : hashOf(file["holder"], "holder"),
    claims: claimsOf(file["claims"]),
    batch: batchOf(file["batch"]),
  };
}

type Members = Readonly<Record<string, unknown>>;

function membersOf(json: unknown, where: string): Members {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw malformed(where, "a JSON object expected");
  }
  return json as Members;
}

function onlyMembers(object: Members, allowed: readonly string[], where: string): void {
  const unknown = Object.keys(object).find((name) => !allowed.includes(name));
  if (unknown !== undefined) throw malformed(where, `unknown member '${unknown}'`);
}

function suiteOf(value: unknown): SuiteId {
  if (typeof value !== "string") throw malformed("suite", "text expected");
  const suite = suiteOfName(value);
  if (suite === null) throw new FormatError("UNSUPPORTED_VERSION", "suite", "unknown hash suite");
  return suite;
}

function textOf(value: unknown, pattern: RegExp, where: string): string {
  if (typeof value !== "string" || !pattern.test(value)) {
    throw malformed(where, `text that matches ${pattern.source} expected`);
  }
  return value;
}

function integerOf(value: unknown, least: number, most: number, where: string): number {
  if (!Number.isSafeInteger(value) || (value as number) < least || (value as number) > most) {
    throw malformed(where, `an integer from ${String(least)} to ${String(most)} expected`);
  }
  return value as number;
}

function instantOf(value: unknown, where: string): number {
  const seconds = Date.parse(textOf(value, INSTANT, where)) / 1000;
  if (Number.isNaN(seconds) || seconds < 0 || formatInstant(seconds) !== value) {
    throw malformed(where, "a time since 1970 such as 2026-01-01T00:00:00Z expected");
  }
  return seconds;
}

const HASH_CHARACTERS = 66;

function hashOf(value: unknown, where: string): Uint8Array {
  const hash = new Uint8Array(HASH_BYTES);
  if (readHash(value, hash, 0)) return hash;
  throw malformedHash(where);
}

/** One after another. */
function hashesOf(values: readonly unknown[], where: string): Uint8Array {
  const hashes = new Uint8Array(values.length * HASH_BYTES);
  for (let i = 0; i < values.length; i++) {
    const isHash = readHash(values[i], hashes, i * HASH_BYTES);
    if (!isHash) throw malformedHash(`${where}[${String(i)}]`);
  }
  return hashes;
}

function readHash(value: unknown, into: Uint8Array, at: number): boolean {
  if (typeof value !== "string" || value.length !== HASH_CHARACTERS) return false;
  return value.startsWith("0x") && readHex(value, 2, into, at, HASH_BYTES);
}

function malformedHash(where: string): FormatError {
  return malformed(where, "text that matches ^0x[0-9a-f]{64}$ expected");
}

function listOf(value: unknown, most: number, where: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length > most) {
    throw malformed(where, `a list of at most ${String(most)} expected`);
  }
  return value;
}

function claimsOf(value: unknown): Claim[] {
  const claims = listOf(value, MAX_CLAIMS, "claims").map(claimOf);
  const names = claims.map(({ name }) => name);
  checkClaimOrder(names, "claims");
  return claims;
}

/** Where each claim and its members stand, as errors say it: put together once. */
const PLACES = Array.from({ length: MAX_CLAIMS }, (_, i) => {
  const claim = `claims[${String(i)}]`;
  return { claim, name: `${claim}.name`, value: `${claim}.value`, salt: `${claim}.salt` };
});

function claimOf(item: unknown, index: number): Claim {
  const place = PLACES[index] as (typeof PLACES)[number];
  const claim = membersOf(item, place.claim);
  onlyMembers(claim, CLAIM_MEMBERS, place.claim);
  const { name, value, salt: saltText } = claim;
  if (typeof name !== "string") throw malformed(place.name, "text expected");
  claimValueToCbor(name, place.name);
  claimValueToCbor(value, place.value);
  const salt = typeof saltText === "string" ? fromBase64Url(saltText) : null;
  if (salt?.length !== SALT_BYTES) throw malformed(place.salt, "16 bytes in base64url expected");
  return { name, value: value as ClaimValue, salt };
}

function batchOf(value: unknown): BatchReference {
  const batch = membersOf(value, "batch");
  onlyMembers(batch, BATCH_MEMBERS, "batch");
  const path = listOf(batch["path"], MAX_PATH_HASHES, "batch.path");
  return {
    chainId: integerOf(batch["chainId"], 1, Number.MAX_SAFE_INTEGER, "batch.chainId"),
    anchor: textOf(batch["anchor"], ADDRESS, "batch.anchor"),
    root: hashOf(batch["root"], "batch.root"),
    size: integerOf(batch["size"], 1, 2 ** 32, "batch.size"),
    index: integerOf(batch["index"], 0, 0xffff_ffff, "batch.index"),
    path: hashesOf(path, "batch.path"),
  };
}
