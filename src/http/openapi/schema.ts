/** The few words in which the schemas of the API are written (JSON Schema 2020-12, as OpenAPI 3.1 has it). */

export type Schema = Readonly<Record<string, unknown>>;

/** Of an agency's endpoint. */
export type HoldingSchemaName =
  | "PublicKey"
  | "Endpoint"
  | "Claim"
  | "SealedDelivery"
  | "HolderRequest"
  | "Binding"
  | "MadeDelegation"
  | "Delegation"
  | "DelegationList"
  | "WithdrawnDelegation";

export type SchemaName =
  | HoldingSchemaName
  | "Words"
  | "Region"
  | "ClaimValue"
  | "VerificationRequest"
  | "VerificationBatch"
  | "VerificationBatchAnswer"
  | "VerificationBatchEnd"
  | "VerificationBatchJudged"
  | "VerificationBatchRefused"
  | "VerificationBatchProblem"
  | "PresentationRequestOrder"
  | "MadePresentationRequest"
  | "PresentationRequest"
  | "RequestedClaim"
  | "ServiceItem"
  | "ServiceItemType"
  | "ServiceItemClaim"
  | "ServiceItemList"
  | "ShownPresentation"
  | "AnsweredRequest"
  | "Reference"
  | "ReferenceTaking"
  | "Answer"
  | "UseReceipt"
  | "AnswerCheck"
  | "AnswerCertificate"
  | "AnswerRecognition"
  | "AnswerSuccessor"
  | "AnswerDelegate"
  | "Ledger"
  | "CheckCode"
  | "RecognitionRule"
  | "Agency"
  | "Entitlement"
  | "DocumentKey"
  | "AgencyPage"
  | "CertificateType"
  | "TypeVersion"
  | "TypePage"
  | "Batch"
  | "BatchStatus"
  | "ListedBatch"
  | "BatchPage"
  | "StatusChange"
  | "PresentStatus"
  | "CertificateStatus"
  | "StatusEvent"
  | "StatusEventPage"
  | "AgencyChange"
  | "AgencyHistory"
  | "ErrorWords"
  | "ErrorList"
  | "TrustPack"
  | "Gbt36906Call"
  | "Gbt36906Answer"
  | "Gbt36906Head"
  | "Gbt36906Data"
  | "SignedReceipt"
  | "UseQuestion"
  | "UsePosition"
  | "UseClient"
  | "Use"
  | "UsePage"
  | "OfflineUse"
  | "OfflineCertificate"
  | "OfflineQuestion"
  | "OfflinePosition"
  | "OfflineUses"
  | "OfflineUseReceipts"
  | "OwnClient"
  | "HolderUse"
  | "HolderUsePage"
  | "HolderUseQuery"
  | "ServiceKey"
  | "ServiceKeys"
  | "Overview"
  | "OverviewTotals"
  | "OverviewRegion"
  | "OverviewType"
  | "StatusCounts"
  | "AnchoredPeriod"
  | "RecognitionMatrix"
  | "MatrixCell"
  | "Rule"
  | "RulePage"
  | "Health"
  | "PageSettings"
  | "PageEndpoint"
  | "HelpLine"
  | "Ready"
  | "OpenApi"
  | "Problem"
  | "ProblemCode";

export function ref(name: SchemaName): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

/** An object; every member is required but those named in `optional`. */
export function object(
  description: string,
  properties: Readonly<Record<string, Schema>>,
  optional: readonly string[] = [],
): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: "object", description, required, properties };
}

export function text(description: string, rest: Schema = {}): Schema {
  return { type: "string", description, ...rest };
}

export function integer(description = "", rest: Schema = {}): Schema {
  return { type: "integer", description, minimum: 0, ...rest };
}

export function flag(description: string): Schema {
  return { type: "boolean", description };
}

export function list(description: string, items: Schema): Schema {
  return { type: "array", description, items };
}

/** RFC 3339 in UTC. */
export function instant(description = ""): Schema {
  return text(description, { format: "date-time", examples: ["2026-01-01T00:00:00Z"] });
}

/** `0x` and so many bytes in lower-case hex. */
export function hex(description: string, bytes: number): Schema {
  return text(description, { pattern: `^0x[0-9a-f]{${String(2 * bytes)}}$` });
}

/** The same or null, with words of its own. */
export function nullable(description: string, schema: Schema): Schema {
  if ("$ref" in schema) return { description, anyOf: [schema, { type: "null" }] };
  return { ...schema, type: [schema["type"], "null"], description };
}

/** A reference with words of its own. */
export function a(name: SchemaName, description: string): Schema {
  return { ...ref(name), description };
}
