/** Agencies, their keys, types and rules: everything that a verdict depends on beside batches and statuses. */
import type { AgencyStatus, KeyAlgorithm, RecognitionRule, RuleEffect } from "../ledger/events.ts";
import type {
  Agency,
  AgencyStatusRecord,
  CertificateTypeRecord,
  DocumentKey,
  Entitlement,
  Freeze,
  GroupDefinition,
  KeyWindow,
  LedgerState,
  Operator,
  RuleRecord,
  Succession,
  TrustChange,
} from "../ledger/state.ts";
import { ruleKey } from "../ledger/state.ts";
import type { Codec } from "./codec.ts";
import {
  entries,
  flag,
  hex,
  integer,
  list,
  mapBy,
  nullable,
  oneOf,
  record,
  text,
} from "./codec.ts";

/** Authorities decide who may write to the ledger, and nothing about a certificate. */
export type Governance = Pick<
  LedgerState,
  "agencies" | "operators" | "types" | "rules" | "groups" | "freezes"
>;

const address = hex(20);
const hash = hex(32);
const end = nullable(integer);
const window = { validFrom: integer, validUntil: end };
const trust = list<TrustChange>(record({ since: nullable(integer), recordedAt: integer }));

const status = oneOf<AgencyStatus>("active", "suspended", "closed");
const statuses = list<AgencyStatusRecord>(
  record({ status, effectiveFrom: integer, recordedAt: integer }),
);

const succession = record<Succession>({
  agency: text,
  effectiveFrom: integer,
  recordedAt: integer,
});

const keyWindow = record<KeyWindow>({ ...window, recordedAt: integer, endedAt: end });

const documentKey = record<DocumentKey>({
  keyId: hash,
  algorithm: oneOf<KeyAlgorithm>("P-256", "SM2"),
  x: hash,
  y: hash,
  ...window,
  windows: list(keyWindow),
  trust,
});

const agency = record<Agency>({
  code: text,
  region: text,
  name: text,
  registeredAt: integer,
  status,
  statusSince: integer,
  statuses,
  successor: nullable(succession),
  entitlements: entries(record<Entitlement>({ ...window, assurance: integer })),
  documentKeys: mapBy(documentKey, ({ keyId }) => keyId),
});

const operator = record<Operator>({ agency: text, ...window, trust });

type TypeVersion = CertificateTypeRecord["versions"] extends Map<number, infer V> ? V : never;

/** What is said of a version; who published it, and in which transaction, is left out. */
const publishedVersion = record({
  type: text,
  region: text,
  version: integer,
  number: integer,
  schemaHash: hash,
  name: text,
  nameEn: text,
  alwaysDisclosed: list(text),
  validity: text,
  effectiveFrom: integer,
  uri: text,
  publishedAt: integer,
  block: integer,
});

const NOBODY = `0x${"0".repeat(40)}`;
const NO_TRANSACTION = `0x${"0".repeat(64)}`;

const typeVersion: Codec<TypeVersion> = {
  encode: ({ position, alwaysDisclosed, ...published }) => {
    const { time, block } = position;
    const disclosed = [...alwaysDisclosed];
    const place = { publishedAt: time, block };
    return publishedVersion.encode({ ...published, alwaysDisclosed: disclosed, ...place });
  },
  decode: (value, where) => {
    const { publishedAt, block, ...published } = publishedVersion.decode(value, where);
    const unsaid = { kind: "TypePublished" as const, by: NOBODY, basis: "", sequence: 0 };
    const position = { block, logIndex: 0, time: publishedAt, transaction: NO_TRANSACTION };
    return { ...unsaid, ...published, position };
  },
};

const certificateType = record<CertificateTypeRecord>({
  code: text,
  region: text,
  isRetired: flag,
  versions: mapBy(typeVersion, ({ version }) => version),
});

const texts = list(text) as Codec<readonly string[]>;

const recognitionRule = record<RecognitionRule>({
  recognising: text,
  recognised: text,
  group: nullable(text),
  type: nullable(text),
  serviceItems: texts,
  leastAssurance: integer,
  maxStatusAge: integer,
  ...window,
  effect: oneOf<RuleEffect>("accept", "conditional", "suspend", "deny"),
  condition: text,
  basis: text,
});

const rule = record<RuleRecord>({
  id: integer,
  generation: integer,
  rule: recognitionRule,
  inForceFrom: integer,
  recordedAt: integer,
  endedAt: end,
});

export const governance = record<Governance>({
  agencies: mapBy(agency, ({ code }) => code),
  operators: entries(operator, address),
  types: mapBy(certificateType, ({ code }) => code),
  rules: mapBy(rule, ({ generation, id }) => ruleKey(generation, id)),
  groups: entries(list(record<GroupDefinition>({ regions: texts, recordedAt: integer }))),
  freezes: list<Freeze>(record({ successor: address, recordedAt: integer })),
});

/** The rules by who recognises, as the state keeps them. */
export function rulesByRegion({ rules }: Pick<Governance, "rules">): Map<string, RuleRecord[]> {
  return Map.groupBy(rules.values(), ({ rule }) => rule.recognising);
}
