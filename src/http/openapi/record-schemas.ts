/** What the chain holds, as the lists answer it. */
import { STATUS_NAMES } from "../../core/ledger/statuses.ts";
import { ACCOUNT, AGENCY_CODE, ROOT, TYPE_CODE } from "./identifiers.ts";
import { page } from "./page-schema.ts";
import type { Schema, SchemaName } from "./schema.ts";
import { a, flag, hex, instant, integer, list, nullable, object, ref, text } from "./schema.ts";

const ASSURANCE = { minimum: 1, maximum: 4 };
const STATUSES = [...STATUS_NAMES.values()].map(({ name }) => name);

const window = {
  validFrom: instant("From when it holds."),
  validUntil: nullable("Until when; null says no end.", instant()),
};

const agency = object("An agency (发证机关).", {
  code: AGENCY_CODE,
  name: text("机关名称"),
  region: ref("Region"),
  regionName: ref("Words"),
  status: text("Only an active one may issue.", { enum: ["active", "suspended", "closed"] }),
  statusSince: instant("From when in law."),
  successor: nullable(
    "The agency that goes on with its work (承接机关), where there is one.",
    AGENCY_CODE,
  ),
  entitlements: list("What it may issue (可颁发的证照类型).", ref("Entitlement")),
  documentKeys: list("Keys with which it signs bindings of holders.", ref("DocumentKey")),
});

const entitlement = object("The right to issue one type.", {
  type: TYPE_CODE,
  ...window,
  assurance: integer("1 (D, self-stated) to 4 (A, signed and sealed by the agency).", ASSURANCE),
});

const documentKey = object("A public key.", {
  keyId: hex("Its name on the chain.", 32),
  algorithm: text("Which signatures it makes: ES256, or SM2 with SM3.", { enum: ["P-256", "SM2"] }),
  x: hex("First coordinate.", 32),
  y: hex("Second coordinate.", 32),
  ...window,
  isDistrusted: flag("Whether nothing it ever signed may be trusted."),
});

const certificateType = object("A certificate type (证照类型).", {
  code: TYPE_CODE,
  region: a("Region", "For which it was defined; 0 is the whole country."),
  regionName: ref("Words"),
  isRetired: flag("Whether no agency is entitled to it any more; what was issued stays."),
  versions: list("Every published version of its schema.", ref("TypeVersion")),
});

const typeVersion = object("One published version of a type's schema.", {
  version: integer("From 1.", { minimum: 1 }),
  name: ref("Words"),
  schemaHash: hex("Keccak-256 of the catalogue's file.", 32),
  alwaysDisclosed: list("Claims that every presentation shows (必须出示).", { type: "string" }),
  validity: text(
    "How long a certificate holds, from the days in its claims: `from=CLAIM`, `from=CLAIM;years=N`, `from=CLAIM;until=CLAIM`.",
  ),
  effectiveFrom: instant("From when in law."),
  uri: text("Where its file can be found; may be empty."),
  publishedAt: instant("When it was recorded."),
});

const listedBatch = {
  agency: AGENCY_CODE,
  root: ROOT,
  type: TYPE_CODE,
  schemaVersion: integer("Of the type.", { minimum: 1 }),
  size: integer("How many certificates it holds.", { minimum: 1 }),
  suite: text("Which hash it is built with.", { enum: ["keccak256", "sm3"] }),
  sequence: integer("Its number in the log of all batches, from 1.", { minimum: 1 }),
  head: hex("The log's head after it.", 32),
  manifestHash: hex("Hash of its public manifest; zero where there is none.", 32),
  operator: ACCOUNT,
  assurance: nullable(
    "The agency's assurance when it anchored; null where it was not entitled.",
    integer("", ASSURANCE),
  ),
  isDistrusted: flag("Whether the key that anchored it was declared stolen since before that."),
  anchoredAt: instant("上链时间"),
  block: integer("The block of its anchor."),
  transaction: hex("The transaction of its anchor.", 32),
  status: ref("BatchStatus"),
};

const batch = object("A batch (批次): certificates anchored together under one root.", {
  ...listedBatch,
  certificates: a(
    "StatusCounts",
    "How many of its certificates have which status of their own (各状态证照数), whatever the batch's.",
  ),
});

const batchStatus = object("The status of a whole batch, as recorded last.", {
  name: text("Its name.", { enum: STATUSES }),
  words: ref("Words"),
  effectiveFrom: nullable("From when in law; null where it never changed.", instant()),
  recordedAt: nullable("When the chain recorded it.", instant()),
  reason: nullable("The agency's number for its reason.", integer()),
});

const seconds = (description: string): Schema => integer(`${description}, in seconds since 1970.`);

const recognitionRule = object("On what terms one region accepts certificates from another.", {
  recognising: a("Region", "The region that accepts, with all below it."),
  recognised: a("Region", "The issuer's region, with all below it; 0 is any."),
  group: {
    type: ["string", "null"],
    description: "A named group of regions instead, such as 长三角.",
  },
  type: nullable("Null is any type.", TYPE_CODE),
  serviceItems: list("For which service items (事项); none named: all.", { type: "string" }),
  leastAssurance: integer("The least assurance, 1 to 4; 0: any."),
  maxStatusAge: integer("The greatest age of the view of the chain in seconds; 0: no limit."),
  validFrom: seconds("From when it holds"),
  validUntil: nullable("Null says no end.", seconds("Until when")),
  effect: text("`conditional`: accept, and tell the counter the condition.", {
    enum: ["accept", "conditional", "suspend", "deny"],
  }),
  condition: text("The condition's words; may be empty."),
  basis: text("Its legal basis (依据)."),
});

const rule = object("A recognition rule as recorded (互认规则).", {
  ruleId: integer("Its number in its generation.", { minimum: 1 }),
  generation: integer("0 for the first deployment, one more for each that was migrated to."),
  rule: ref("RecognitionRule"),
  recordedAt: instant("When it was recorded."),
  endedAt: nullable("When it was ended before its time; null where it was not.", instant()),
});

export const RECORD_SCHEMAS = {
  Agency: agency,
  Entitlement: entitlement,
  DocumentKey: documentKey,
  AgencyPage: page("Agencies (发证机关).", "Agency"),
  CertificateType: certificateType,
  TypeVersion: typeVersion,
  TypePage: page("Certificate types (证照类型).", "CertificateType"),
  Batch: batch,
  ListedBatch: object("A batch (批次) in a list.", listedBatch),
  BatchPage: page("Batches (批次).", "ListedBatch"),
  BatchStatus: batchStatus,
  RecognitionRule: recognitionRule,
  Rule: rule,
  RulePage: page("Recognition rules (互认规则).", "Rule"),
} satisfies Partial<Record<SchemaName, Schema>>;
