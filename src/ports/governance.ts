/** Changing the rules of trust on the chain. */
import type { AgencyStatus, KeyAlgorithm, RecognitionRule } from "../core/ledger/events.ts";

export interface AgencyRegistration {
  readonly agency: string;
  readonly region: string;
  readonly name: string;
  readonly effectiveFrom: number;
  readonly basis: string;
}

export interface TypePublication {
  readonly type: string;
  readonly region: string;
  readonly schemaHash: string;
  readonly name: string;
  readonly nameEn: string;
  readonly alwaysDisclosed: readonly string[];
  /** How long such a certificate holds, in the short form of the catalogue: "from=issueDate;years=6". */
  readonly validity: string;
  readonly effectiveFrom: number;
  readonly uri: string;
  readonly basis: string;
}

/** From when until when; an end of null is none. */
export interface BasedWindow {
  readonly validFrom: number;
  readonly validUntil: number | null;
  readonly basis: string;
}

export interface EntitlementGrant extends BasedWindow {
  /** 1 (D) to 4 (A). */
  readonly assurance: number;
}

export interface StatusOrder {
  readonly agency: string;
  readonly root: string;
  /** Null for the whole batch. */
  readonly index: number | null;
  readonly status: number;
  readonly effectiveFrom: number;
  readonly reason: number;
}

export interface StatusesOrder {
  readonly agency: string;
  readonly root: string;
  /** Strictly rising, at least one. */
  readonly indices: readonly number[];
  readonly status: number;
  readonly effectiveFrom: number;
  readonly reason: number;
}

/** What a change on the chain cost and where it stands. */
export interface ChangeReceipt {
  readonly transaction: string;
  readonly block: number;
  readonly gasUsed: number;
}

/** A change that is not sent: what a contract account's owners sign together. */
export interface PreparedCall {
  readonly to: string;
  readonly data: string;
  /** In the chain's smallest unit. */
  readonly value: bigint;
}

/**
 * Changes the rules of trust as one account: each method is one call of one contract. What a call ends in
 * depends on who carries it out: a ChangeReceipt once the transaction is mined, a PreparedCall where it is
 * only to be written down, the gas it would take where it is only estimated (a number). Or in a Problem:
 * CONTRACT_REFUSED with the contract's own reason, RPC_…, NOT_CONFIRMED.
 */
export interface Governance<Done = ChangeReceipt> {
  readonly account: string;
  /** Region "0" is the country: its authorities are appointed by the contracts' administrator. */
  appoint(region: string, account: string, basis: string): Promise<Done>;
  dismiss(region: string, account: string, basis: string): Promise<Done>;
  /** Ends this deployment for good in favour of another whose directory names it as its predecessor. */
  freeze(successorDirectory: string, basis: string): Promise<Done>;
  registerAgency(registration: AgencyRegistration): Promise<Done>;
  setAgencyStatus(
    agency: string,
    status: AgencyStatus,
    effectiveFrom: number,
    basis: string,
  ): Promise<Done>;
  succeedAgency(
    agency: string,
    successor: string,
    effectiveFrom: number,
    basis: string,
  ): Promise<Done>;
  grantEntitlement(agency: string, type: string, grant: EntitlementGrant): Promise<Done>;
  endEntitlement(agency: string, type: string, basis: string): Promise<Done>;
  addOperator(agency: string, account: string, window: BasedWindow): Promise<Done>;
  removeOperator(account: string, basis: string): Promise<Done>;
  distrustOperator(agency: string, account: string, since: number, basis: string): Promise<Done>;
  liftOperatorDistrust(agency: string, account: string, basis: string): Promise<Done>;
  addDocumentKey(
    agency: string,
    key: { readonly algorithm: KeyAlgorithm; readonly x: string; readonly y: string },
    window: BasedWindow,
  ): Promise<Done>;
  endDocumentKey(agency: string, keyId: string, basis: string): Promise<Done>;
  distrustDocumentKey(agency: string, keyId: string, basis: string): Promise<Done>;
  liftDocumentKeyDistrust(agency: string, keyId: string, basis: string): Promise<Done>;
  /** All or none; versions of one type in their order. */
  publishTypes(publications: readonly TypePublication[]): Promise<Done>;
  retireType(type: string, basis: string): Promise<Done>;
  addRule(rule: RecognitionRule): Promise<Done>;
  endRule(ruleId: number, basis: string): Promise<Done>;
  defineGroup(group: string, regions: readonly string[], basis: string): Promise<Done>;
  setStatus(order: StatusOrder): Promise<Done>;
  /** All or none. */
  setStatuses(order: StatusesOrder): Promise<Done>;
  /** Sends the chain's own coin, in its smallest unit: an operator's fees where the chain takes any. */
  fund(account: string, amount: bigint): Promise<Done>;
}
