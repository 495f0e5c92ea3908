/** The answer of a check: the value, unless a fault is an error. Warnings come beside the value. */
import type { CheckMode, IdentifierFaultCode, Severity } from "./faults.ts";
import { IDENTIFIER_FAULTS } from "./faults.ts";

export interface IdentifierFault {
  readonly code: IdentifierFaultCode;
  readonly severity: Severity;
}

export type Checked<T> =
  | { readonly ok: true; readonly value: T; readonly faults: readonly IdentifierFault[] }
  | { readonly ok: false; readonly faults: readonly IdentifierFault[] };

/** Accepts the value if, in this mode, none of the codes is an error. */
export function conclude<T>(
  value: T,
  codes: readonly IdentifierFaultCode[],
  mode: CheckMode,
): Checked<T> {
  const faults = codes.map((code) => ({ code, severity: severityOf(code, mode) }));
  if (faults.some(({ severity }) => severity === "error")) return { ok: false, faults };
  return { ok: true, value, faults };
}

function severityOf(code: IdentifierFaultCode, mode: CheckMode): Severity {
  return mode === "warn" && IDENTIFIER_FAULTS[code].forgivable ? "warning" : "error";
}

/** The codes among the faults, for asking whether one of them is there. */
export function codesOf(checked: Checked<unknown>): IdentifierFaultCode[] {
  return checked.faults.map(({ code }) => code);
}
