/** Registers an agency (登记发证机关): itself, the types it may issue, and the account that acts for it. */
import type { LedgerState } from "../core/ledger/state.ts";
import type { ChangeReceipt, Governance } from "../ports/governance.ts";
import type { Change } from "./change.ts";

export interface Registration {
  readonly agency: string;
  readonly region: string;
  readonly name: string;
  /** Type codes; each must be in the catalogue on the chain. */
  readonly types: readonly string[];
  /** 1 (D) to 4 (A). */
  readonly assurance: number;
  readonly operator: string;
  readonly basis: string;
  /** Seconds since 1970: from when all this holds. */
  readonly from: number;
  /** The chain's coin for the operator's fees, in its smallest unit; 0 where it takes none. */
  readonly funding: bigint;
}

/** What an earlier run has done already, so that one that broke off can be run again. */
export interface DoneBefore {
  readonly isRegistered: boolean;
  readonly types: ReadonlySet<string>;
  readonly hasOperator: boolean;
}

const NOTHING: DoneBefore = { isRegistered: false, types: new Set(), hasOperator: false };

/** An agency of that code but another name or region was not this: the contract will refuse it. */
export function doneBefore(
  state: LedgerState,
  { agency: code, name, region, operator }: Registration,
): DoneBefore {
  const agency = state.agencies.get(code);
  if (agency?.name !== name || agency.region !== region) return NOTHING;
  const types = new Set(agency.entitlements.keys());
  const known = state.operators.get(operator);
  return { isRegistered: true, types, hasOperator: known?.agency === code };
}

/** What is still to do, in order. */
export function registrationChanges(registration: Registration, done: DoneBefore): Change[] {
  const { agency, region, name, types, assurance, operator, basis, from, funding } = registration;
  const window = { validFrom: from, validUntil: null, basis };
  const identity = { agency, region, name, effectiveFrom: from, basis };
  const missing = types.filter((type) => !done.types.has(type));
  const changes: Change[] = missing.map((type) => {
    return (governance) => governance.grantEntitlement(agency, type, { ...window, assurance });
  });
  if (!done.isRegistered) changes.unshift((governance) => governance.registerAgency(identity));
  if (!done.hasOperator) {
    changes.push((governance) => governance.addOperator(agency, operator, window));
  }
  if (funding > 0n) changes.push((governance) => governance.fund(operator, funding));
  return changes;
}

/** @throws Problem CONTRACT_REFUSED with the contract's reason: what was done before it stands. */
export async function registerAgency(
  governance: Governance,
  registration: Registration,
  done: DoneBefore = NOTHING,
): Promise<ChangeReceipt[]> {
  const receipts: ChangeReceipt[] = [];
  for (const change of registrationChanges(registration, done)) {
    receipts.push(await change(governance));
  }
  return receipts;
}
