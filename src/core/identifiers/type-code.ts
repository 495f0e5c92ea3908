/**
 * The code of a certificate type (证照类型代码, GB/T 36904): the credit code of the authority that
 * defines the type, and its three-digit number there.
 */
import type { Checked } from "./checked.ts";
import { checkCode } from "./code-text.ts";
import { parseCreditCode } from "./credit-code.ts";
import type { CheckMode, IdentifierFaultCode } from "./faults.ts";

export type TypeCode = string & { readonly __brand: "TypeCode" };

const SHAPE = /^[0-9A-Z]{18}\d{3}$/;

/** In `warn` mode an authority whose code fails its own check is a warning. */
export function parseTypeCode(text: string, mode: CheckMode = "strict"): Checked<TypeCode> {
  return checkCode(text, mode, typeCodeFaults);
}

function typeCodeFaults(code: string): IdentifierFaultCode[] {
  if (!SHAPE.test(code)) return ["TYPE_CODE_SHAPE"];
  return parseCreditCode(definingAuthorityOf(code)).ok ? [] : ["TYPE_CODE_AUTHORITY"];
}

/** The credit code of the authority that defines the type: the first 18 characters. */
export function definingAuthorityOf(typeCode: string): string {
  return typeCode.slice(0, 18);
}
