/** A certificate type as the chain has it, with every published version of its schema. */
import type { Words } from "../../core/words.ts";
import { regionWords } from "../../app/answer.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import type { Positioned, TypePublished } from "../../core/ledger/events.ts";
import type { CertificateTypeRecord } from "../../core/ledger/state.ts";

export interface TypeRecord {
  readonly code: string;
  readonly region: string;
  readonly regionName: Words;
  readonly isRetired: boolean;
  readonly versions: readonly TypeVersionRecord[];
}

interface TypeVersionRecord {
  readonly version: number;
  readonly name: Words;
  readonly schemaHash: string;
  readonly alwaysDisclosed: readonly string[];
  /** How long a certificate of it holds: "from=CLAIM", with "years=N" or "until=CLAIM" where it ends. */
  readonly validity: string;
  readonly effectiveFrom: string;
  readonly uri: string;
  readonly publishedAt: string;
}

export function typeRecord({
  code,
  region,
  isRetired,
  versions,
}: CertificateTypeRecord): TypeRecord {
  return {
    code,
    region,
    regionName: regionWords(region),
    isRetired,
    versions: [...versions.values()].map(versionRecord),
  };
}

function versionRecord(published: Positioned<TypePublished>): TypeVersionRecord {
  const { version, name, nameEn, schemaHash, alwaysDisclosed, validity, uri, position } = published;
  return {
    version,
    name: { zh: name, en: nameEn },
    schemaHash,
    alwaysDisclosed,
    validity,
    effectiveFrom: formatInstant(published.effectiveFrom),
    uri,
    publishedAt: formatInstant(position.time),
  };
}
