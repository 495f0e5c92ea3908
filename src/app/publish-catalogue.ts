/** Publishes certificate types on the chain: the hash of each definition and what a verifier needs of it. */
import { canonicalBytes } from "../core/catalogue/canonical-bytes.ts";
import type { CertificateType, ValidityRule } from "../core/catalogue/certificate-type.ts";
import { toHex } from "../core/encoding/bytes.ts";
import type { Hash } from "../core/hashing.ts";
import { NATIONAL } from "../core/identifiers/region.ts";
import { findTypeVersion } from "../core/ledger/catalogue.ts";
import type { TypePublished } from "../core/ledger/events.ts";
import type { CertificateTypeRecord, LedgerState } from "../core/ledger/state.ts";
import { Problem } from "../core/problem.ts";
import type { Governance, TypePublication } from "../ports/governance.ts";
import type { Progress } from "../ports/progress.ts";
import type { CatalogueConflict, CatalogueConflictCode } from "./catalogue-conflicts.ts";
import { packCalls } from "./pack-calls.ts";

/** Keccak-256 of the definition's canonical JSON (RFC 8785): what binds a catalogue file to the chain. */
export function schemaHash(keccak256: Hash, type: CertificateType): string {
  return `0x${toHex(keccak256(canonicalBytes(type)))}`;
}

/** A validity rule as the chain has it: "from=issueDate", and then "years=6" or "until=validUntil". */
export function validityText(rule: ValidityRule): string {
  const from = `from=${rule.from}`;
  if (rule.kind === "permanent") return from;
  return rule.kind === "years"
    ? `${from};years=${String(rule.years)}`
    : `${from};until=${rule.until}`;
}

export interface PublicationPlan {
  /** By code, then version: types that are new, and new versions of known ones, without conflicts. */
  readonly toPublish: readonly CertificateType[];
  /** Published with the very same content. */
  readonly unchanged: readonly CertificateType[];
  readonly conflicts: readonly CatalogueConflict[];
}

/** What publishing a catalogue would do. A type with a conflict is left out with all its versions. */
export function planPublication(
  keccak256: Hash,
  state: LedgerState,
  types: readonly CertificateType[],
): PublicationPlan {
  const isUnchanged = (type: CertificateType): boolean =>
    versionOn(state, type)?.schemaHash === schemaHash(keccak256, type);
  const sorted = [...types].sort(byCodeAndVersion);
  const unchanged = sorted.filter(isUnchanged);
  const missing = sorted.filter((type) => !isUnchanged(type));
  const names = namesOf(state, types);
  const conflicts = missing.flatMap((type) => conflictsOf(state, missing, names, type));
  const codes = new Set(conflicts.map(({ type }) => type));
  return { toPublish: missing.filter(({ code }) => !codes.has(code)), unchanged, conflicts };
}

function byCodeAndVersion(a: CertificateType, b: CertificateType): number {
  if (a.code === b.code) return a.version - b.version;
  return a.code < b.code ? -1 : 1;
}

function versionOn(
  state: LedgerState,
  { code, version }: CertificateType,
): TypePublished | undefined {
  return findTypeVersion(state, code, version);
}

function conflictsOf(
  state: LedgerState,
  missing: readonly CertificateType[],
  names: Names,
  type: CertificateType,
): CatalogueConflict[] {
  const known = state.types.get(type.code);
  const found: [CatalogueConflictCode, string][] = [];
  const region = known?.region ?? missing.find(({ code }) => code === type.code)?.region;
  if (region !== undefined && region !== type.region) found.push(["REGION_DIFFERS", region]);
  if (known?.isRetired === true) found.push(["TYPE_RETIRED", ""]);
  if (versionOn(state, type) !== undefined) found.push(["VERSION_DIFFERS", ""]);
  else if (!hasVersionBefore(known, missing, type)) {
    found.push(["VERSION_MISSING", String(type.version - 1)]);
  }
  const others = type.region === NATIONAL ? names.regional : names.national;
  const namesake = others.get(type.names.zh);
  if (namesake !== undefined) found.push(["NAME_OF_ANOTHER", namesake]);
  const { code, version } = type;
  const place = { type: code, version, name: type.names.zh, region: type.region };
  return found.map(([conflict, detail]) => ({ code: conflict, ...place, detail }));
}

function hasVersionBefore(
  known: CertificateTypeRecord | undefined,
  missing: readonly CertificateType[],
  { code, version }: CertificateType,
): boolean {
  if (version === 1 || known?.versions.has(version - 1) === true) return true;
  return missing.some((other) => other.code === code && other.version === version - 1);
}

/** Chinese name → code. */
interface Names {
  /** On the chain and in the catalogue. */
  readonly national: ReadonlyMap<string, string>;
  /** On the chain: of two types that are both new, the regional one gives way. */
  readonly regional: ReadonlyMap<string, string>;
}

function namesOf({ types }: LedgerState, given: readonly CertificateType[]): Names {
  const national = new Map<string, string>();
  const regional = new Map<string, string>();
  for (const { code, region, isRetired, versions } of types.values()) {
    const latest = [...versions.values()].at(-1);
    if (latest === undefined || isRetired) continue;
    (region === NATIONAL ? national : regional).set(latest.name, code);
  }
  for (const { code, region, names } of given) {
    if (region === NATIONAL) national.set(names.zh, code);
  }
  return { national, regional };
}

export interface PublicationTools<Done> {
  readonly governance: Pick<Governance<Done>, "publishTypes">;
  /** Of the same account: what a call would take. */
  readonly estimates: Pick<Governance<number>, "publishTypes">;
  readonly keccak256: Hash;
  readonly progress?: Progress;
}

export interface PublicationOptions {
  /** From when on the versions are the ones in force, in seconds since 1970. */
  readonly effectiveFrom: number;
  /** What it rests on; without it each type's own provenance. */
  readonly basis?: string;
  /** Publish the others although some conflict. */
  readonly skipConflicts?: boolean;
}

/**
 * In as few transactions as the limit of gas for each allows.
 * @throws Problem CATALOGUE_CONFLICT before anything is sent, CONTRACT_REFUSED
 */
export async function publishCatalogue<Done>(
  { governance, estimates, keccak256, progress }: PublicationTools<Done>,
  { toPublish, conflicts }: PublicationPlan,
  options: PublicationOptions,
): Promise<Done[]> {
  const [first] = conflicts;
  if (first !== undefined && options.skipConflicts !== true) {
    const place = `${first.code} ${first.type} ${first.name}`;
    throw new Problem("CATALOGUE_CONFLICT", `${String(conflicts.length)}; the first: ${place}`);
  }
  const publications = toPublish.map((type) => publicationOf(keccak256, type, options));
  const done: Done[] = [];
  let count = 0;
  for await (const part of packCalls(publications, (some) => estimates.publishTypes(some))) {
    done.push(await governance.publishTypes(part));
    progress?.("types", (count += part.length), publications.length);
  }
  return done;
}

function publicationOf(
  keccak256: Hash,
  type: CertificateType,
  { effectiveFrom, basis }: PublicationOptions,
): TypePublication {
  return {
    type: type.code,
    region: type.region,
    schemaHash: schemaHash(keccak256, type),
    name: type.names.zh,
    nameEn: type.names.en,
    alwaysDisclosed: type.alwaysDisclosed,
    validity: validityText(type.validity),
    effectiveFrom,
    uri: "",
    basis: basis ?? type.provenance.note,
  };
}
