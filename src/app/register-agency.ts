/** Registers an agency (登记发证机关): itself, the types it may issue, and the account that acts for it. */
import type { ChangeReceipt, Governance } from "../ports.ts";

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

/** @throws Problem CONTRACT_REFUSED with the contract's reason: what was done before it stands. */
export async function registerAgency(
  governance: Governance,
  registration: Registration,
): Promise<ChangeReceipt[]> {
  const { agency, region, name, types, assurance, operator, basis, from, funding } = registration;
  const window = { validFrom: from, validUntil: null, basis };
  const receipts = [
    await governance.registerAgency({ agency, region, name, effectiveFrom: from, basis }),
  ];
  for (const type of types) {
    receipts.push(await governance.grantEntitlement(agency, type, { ...window, assurance }));
  }
  receipts.push(await governance.addOperator(agency, operator, window));
  if (funding > 0n) receipts.push(await governance.fund(operator, funding));
  return receipts;
}
