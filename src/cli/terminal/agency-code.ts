/** Which agency a command is about. */
import type { Command } from "commander";
import { parseAgencyCode } from "../../core/identifiers/credit-code.ts";
import { IDENTIFIER_FAULTS } from "../../core/identifiers/faults.ts";
import type { Agency, LedgerState } from "../../core/ledger/state.ts";
import { Problem } from "../../core/problem.ts";
import { both } from "./wording.ts";

export function withAgencyCode(command: Command): Command {
  return command.argument("<code>", "the agency's unified social credit code (GB 32100)");
}

/** @throws Problem IDENTIFIER_INVALID with the faults: a slip of the pen is found before the chain is asked. */
export function requireAgencyCode(code: string): void {
  const checked = parseAgencyCode(code);
  if (checked.ok) return;
  const faults = checked.faults.map((fault) => both(IDENTIFIER_FAULTS[fault.code])).join("; ");
  throw new Problem("IDENTIFIER_INVALID", `${code}: ${faults}`);
}

/** @throws Problem IDENTIFIER_INVALID, AGENCY_UNKNOWN */
export function requireAgency({ agencies }: LedgerState, code: string): Agency {
  requireAgencyCode(code);
  const agency = agencies.get(code);
  if (agency === undefined) throw new Problem("AGENCY_UNKNOWN", code);
  return agency;
}

/** Before anything is sent: a change that names a type that is not there can't be carried out in part. */
export function requireTypes({ types }: LedgerState, wanted: readonly string[]): void {
  const unknown = wanted.find((code) => types.get(code)?.isRetired !== false);
  if (unknown !== undefined) throw new Problem("TYPE_UNKNOWN", `--type ${unknown}`);
}
