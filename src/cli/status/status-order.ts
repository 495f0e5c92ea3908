/** What is said of every change of status, and by whose key it is made. */
import { actingAgency } from "../../core/ledger/agencies.ts";
import type { LedgerState } from "../../core/ledger/state.ts";
import { operatorKeyFile } from "../../main/keys/keys.ts";
import type { BatchChoice } from "../terminal/certificate-choice.ts";
import type { ActOptions, Situation } from "../governance/governing.ts";

export interface SetOptions extends ActOptions, BatchChoice {
  readonly list?: string;
  readonly to: number;
  readonly effectiveFrom?: number;
  readonly reason: number;
}

/** The key of --key, or that of the operator of the agency, or of the one that goes on with its work. */
export function keyFileOf(
  { settings, state }: Pick<Situation, "settings" | "state">,
  agency: string,
  { key }: ActOptions,
): string {
  return key ?? operatorKeyFile(settings, actingCode(state, agency));
}

function actingCode(state: LedgerState, code: string): string {
  const agency = state.agencies.get(code);
  return agency === undefined ? code : actingAgency(state, agency).code;
}
