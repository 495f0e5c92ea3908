/** How a catalogue differs from what is published on the chain, version by version. */
import type { CertificateType } from "../core/catalogue/certificate-type.ts";
import type { Hash } from "../core/hashing.ts";
import type { TypePublished } from "../core/ledger/events.ts";
import type { LedgerState } from "../core/ledger/state.ts";
import { schemaHash, validityText } from "./publish-catalogue.ts";

export interface CatalogueDifference {
  readonly type: string;
  readonly version: number;
  /** In Chinese. */
  readonly name: string;
  readonly region: string;
  /** `notPublished`: in the catalogue alone; `onlyPublished`: on the chain alone; `differs`: in both. */
  readonly difference: "notPublished" | "onlyPublished" | "differs";
  /** Where the version is in both, what differs: names of the publication's fields, "schema" for the rest. */
  readonly fields: readonly string[];
}

/** Nothing for versions that are the same in both. By code, then version. */
export function diffCatalogue(
  keccak256: Hash,
  state: LedgerState,
  types: readonly CertificateType[],
): CatalogueDifference[] {
  const published = [...state.types.values()].flatMap(({ versions }) => [...versions.values()]);
  const given = new Map(types.map((type) => [keyOf(type.code, type.version), type]));
  const known = new Set(published.map(({ type, version }) => keyOf(type, version)));
  return [
    ...types.filter(({ code, version }) => !known.has(keyOf(code, version))).map(notPublished),
    ...published.flatMap((version) => {
      const type = given.get(keyOf(version.type, version.version));
      return type === undefined ? [onlyPublished(version)] : differing(keccak256, version, type);
    }),
  ].sort(byTypeAndVersion);
}

function keyOf(code: string, version: number): string {
  return `${code}/${String(version)}`;
}

function byTypeAndVersion(a: CatalogueDifference, b: CatalogueDifference): number {
  if (a.type === b.type) return a.version - b.version;
  return a.type < b.type ? -1 : 1;
}

function notPublished({ code, version, names, region }: CertificateType): CatalogueDifference {
  const place = { type: code, version, name: names.zh, region };
  return { ...place, difference: "notPublished", fields: [] };
}

function onlyPublished({ type, version, name, region }: TypePublished): CatalogueDifference {
  return { type, version, name, region, difference: "onlyPublished", fields: [] };
}

/** The hash binds all of the definition; where it differs but no field on the chain does, it is the schema. */
function differing(
  keccak256: Hash,
  published: TypePublished,
  type: CertificateType,
): CatalogueDifference[] {
  const pairs: [string, string, string][] = [
    ["name", published.name, type.names.zh],
    ["nameEn", published.nameEn, type.names.en],
    ["region", published.region, type.region],
    ["alwaysDisclosed", published.alwaysDisclosed.join(), type.alwaysDisclosed.join()],
    ["validity", published.validity, validityText(type.validity)],
  ];
  const fields = pairs.filter(([, there, here]) => there !== here).map(([field]) => field);
  const hasSameHash = published.schemaHash === schemaHash(keccak256, type);
  if (hasSameHash && fields.length === 0) return [];
  const { version, name, region } = published;
  const place = { type: type.code, version, name, region };
  return [{ ...place, difference: "differs", fields: fields.length > 0 ? fields : ["schema"] }];
}
