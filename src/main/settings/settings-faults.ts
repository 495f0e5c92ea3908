/** What Ajv finds wrong with a configuration, in words that say what to write instead. */
import type { ErrorObject } from "ajv/dist/2020.js";

interface FaultWords {
  readonly text: string;
  /** The member of the place that is meant; null for the place itself. */
  readonly member: string | null;
  /** Whether that member is there. */
  readonly isThere: boolean;
}

/** Patterns as people write what fits them. */
const FORMS: Readonly<Record<string, string>> = {
  "^https?://\\S+$": "an address that begins with http:// or https://",
  "^(https://\\S+|http://(127\\.0\\.0\\.1|localhost|\\[::1\\])(:\\d+)?(/\\S*)?)$":
    "an address that begins with https:// (http:// only to this machine)",
  "^0x[0-9a-fA-F]{40}$": "0x and 40 hex digits, as lz deploy printed it",
  "^[A-Za-z0-9.-]+(:\\d{1,5})?$": "a host name such as verify.example.gov.cn, without https://",
  "^[a-z0-9.-]+(:\\d{1,5})?$": "a host name in lower case, without https://",
  "^[0-9A-Fa-f.:]+(/\\d{1,3})?$": "an IP address or a network such as 10.0.0.0/8",
};

/** Null for what only repeats another fault. */
export function faultWords(error: ErrorObject): FaultWords | null {
  const { keyword, params } = error;
  if (keyword === "propertyNames") return null;
  if (keyword === "additionalProperties") {
    return about(`is not a setting${knownOf(error)}`, String(params["additionalProperty"]), true);
  }
  if (keyword === "required") {
    return about(`must say "${String(params["missingProperty"])}"`, null, false);
  }
  if (error.propertyName !== undefined) {
    return about(
      `is no name that may stand here: ${expectationOf(error)}`,
      error.propertyName,
      true,
    );
  }
  return about(`is ${shown(error.data)}; ${expectationOf(error)}`, null, false);
}

function about(text: string, member: string | null, isThere: boolean): FaultWords {
  return { text, member, isThere };
}

function knownOf({ parentSchema }: ErrorObject): string {
  const { properties = {} } = (parentSchema ?? {}) as { readonly properties?: object };
  return `; known here: ${Object.keys(properties).join(", ")}`;
}

function expectationOf({ keyword, params, message = keyword }: ErrorObject): string {
  const { pattern, allowedValues, type } = params as Readonly<Record<string, unknown>>;
  if (typeof pattern === "string") return `write ${FORMS[pattern] ?? `what fits ${pattern}`}`;
  if (Array.isArray(allowedValues)) return `write one of ${allowedValues.join(", ")}`;
  if (typeof type === "string") return `write ${type.replaceAll(",", " or ")}`;
  if (Array.isArray(type)) return `write ${type.join(" or ")}`;
  return message;
}

/** A value may be a secret that was put in the wrong place: of texts only the beginning is shown. */
function shown(value: unknown): string {
  if (typeof value === "string")
    return JSON.stringify(value.length > 12 ? `${value.slice(0, 8)}…` : value);
  if (typeof value === "object" && value !== null)
    return Array.isArray(value) ? "a list" : "an object";
  return String(value);
}
