/** Ajv's errors in the words of this project: a stable code, a place and the value. */
import type { ErrorObject } from "ajv";
import type { RecordFaultCode } from "./record-faults.ts";

/** One for each keyword that a catalogue entry can use. */
const CODES: Readonly<Record<string, RecordFaultCode>> = {
  required: "MISSING_FIELD",
  additionalProperties: "UNKNOWN_FIELD",
  type: "WRONG_TYPE",
  maxLength: "TOO_LONG",
  minLength: "TOO_SHORT",
  pattern: "PATTERN",
  enum: "NOT_IN_LIST",
  minimum: "OUT_OF_RANGE",
  maximum: "OUT_OF_RANGE",
  minItems: "TOO_FEW_ITEMS",
  maxItems: "TOO_MANY_ITEMS",
  uniqueItems: "DUPLICATE_ITEM",
};

export interface SchemaFault {
  readonly code: RecordFaultCode;
  /** Such as `owners[1].holderCode`. */
  readonly place: string;
  /** Undefined where something is missing or should not be there. */
  readonly value: unknown;
}

/** @param error made with Ajv's option `verbose`, which puts the value into `data`. */
export function readSchemaError(error: ErrorObject): SchemaFault {
  const code = CODES[error.keyword] as RecordFaultCode;
  const place = placeText(error.instancePath);
  const member: unknown = error.params["missingProperty"] ?? error.params["additionalProperty"];
  if (typeof member !== "string") return { code, place, value: error.data };
  return { code, place: place === "" ? member : `${place}.${member}`, value: undefined };
}

/** `/owners/1/holderCode` → `owners[1].holderCode` */
function placeText(pointer: string): string {
  return pointer
    .slice(1)
    .replace(/\/(\d+)/g, "[$1]")
    .replaceAll("/", ".");
}
