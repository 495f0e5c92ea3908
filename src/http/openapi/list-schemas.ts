/** What the lists answer beside the chain's records: what became of them, and the codes of problems. */
import { AGENCY_CHANGES } from "../records/agency-history.ts";
import { STATUS_NAMES } from "../../core/ledger/statuses.ts";
import { ACCOUNT, AGENCY_CODE, ROOT } from "./identifiers.ts";
import { page } from "./page-schema.ts";
import type { Schema, SchemaName } from "./schema.ts";
import { hex, instant, integer, list, nullable, object, ref, text } from "./schema.ts";

const named = {
  name: text("Its name.", { enum: [...STATUS_NAMES.values()].map(({ name }) => name) }),
  words: ref("Words"),
};
const SCOPES = { enum: ["certificate", "batch"] };
const scope = text("Whether it is the certificate's own or its whole batch's.", SCOPES);
const index = integer("Its number in the batch, from 0 (批次内序号).");
const reason = integer("The agency's number for its reason.");

const statusChange = object("One change of a status (证照状态变更).", {
  scope,
  ...named,
  effectiveFrom: instant("From when in law."),
  recordedAt: instant("When the chain recorded it."),
  reason,
});

const presentStatus = object(
  "The status in force now; a batch's comes before a certificate's own.",
  {
    scope: { ...nullable("Null where it is active.", scope), enum: [...SCOPES.enum, null] },
    ...named,
    effectiveFrom: nullable("From when in law; null where it is active.", instant()),
    recordedAt: nullable("When the chain recorded it.", instant()),
    reason: nullable("The agency's number for its reason.", reason),
  },
);

const certificateStatus = object("A certificate's status, now and before (证照状态沿革).", {
  agency: AGENCY_CODE,
  root: ROOT,
  index,
  status: ref("PresentStatus"),
  history: list("Every change, its batch's too, as they were recorded.", ref("StatusChange")),
  ledger: ref("Ledger"),
});

const statusEvent = object("A change of a status as the chain recorded it.", {
  agency: AGENCY_CODE,
  root: ROOT,
  indices: nullable("Which certificates of the batch; null: the whole batch.", list("", index)),
  ...named,
  effectiveFrom: instant("From when in law."),
  recordedAt: instant("When the chain recorded it."),
  reason,
  by: ACCOUNT,
  block: integer("Its block."),
  transaction: hex("Its transaction.", 32),
});

const agencyChange = object("What became of an agency or of one of its document keys.", {
  kind: text("What happened.", { enum: Object.keys(AGENCY_CHANGES) }),
  words: ref("Words"),
  recordedAt: instant("When the chain recorded it."),
  effectiveFrom: instant("From when in law."),
  about: text("The status, the succeeding agency's code, or the key's name."),
});

const agencyHistory = object("What became of an agency (机关沿革).", {
  code: AGENCY_CODE,
  changes: list("In the order in which it was recorded.", ref("AgencyChange")),
  ledger: ref("Ledger"),
});

const errorWords = object("A code of problems (错误代码).", {
  code: ref("ProblemCode"),
  status: integer("The HTTP status it comes with.", { minimum: 400, maximum: 599 }),
  words: ref("Words"),
  remedy: ref("Words"),
});

export const LIST_SCHEMAS = {
  StatusChange: statusChange,
  PresentStatus: presentStatus,
  CertificateStatus: certificateStatus,
  StatusEvent: statusEvent,
  StatusEventPage: page("Changes of statuses (证照状态变更).", "StatusEvent"),
  AgencyChange: agencyChange,
  AgencyHistory: agencyHistory,
  ErrorWords: errorWords,
  ErrorList: object("Every code of problems.", { errors: list("By code.", ref("ErrorWords")) }),
  TrustPack: text("A signed trust pack (离线信任包): CBOR, see docs/protocol.md.", {
    contentMediaType: "application/vnd.liangzheng.trust-pack+cbor",
    contentEncoding: "binary",
  }),
} satisfies Partial<Record<SchemaName, Schema>>;
