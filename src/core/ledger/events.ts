/**
 * What can ever happen on the chain, as the reducer reads it. Each kind is one event of
 * contracts/interfaces; regions are GB/T 2260 text ("0" for the whole country), hashes and addresses are
 * lower-case hex with 0x, times are seconds since 1970, and an end of null says 'no end'.
 */
import type { KeyAlgorithm, SuiteId } from "../hashing.ts";

export type { KeyAlgorithm };

/** Where an event stands in the chain's one order. `time` is the block's: when it was recorded. */
export interface EventPosition {
  readonly block: number;
  readonly logIndex: number;
  readonly time: number;
  readonly transaction: string;
}

/** The contracts that number their events. */
export type GovernanceContract =
  "AuthorityRegistry" | "AgencyRegistry" | "CertificateCatalog" | "RecognitionPolicy";

export type AgencyStatus = "active" | "suspended" | "closed";

interface Governed {
  readonly by: string;
  readonly basis: string;
  readonly sequence: number;
}

export interface AgencyRegistered extends Governed {
  readonly kind: "AgencyRegistered";
  readonly agency: string;
  readonly region: string;
  readonly name: string;
  readonly effectiveFrom: number;
}

export interface AgencyStatusChanged extends Governed {
  readonly kind: "AgencyStatusChanged";
  readonly agency: string;
  readonly status: AgencyStatus;
  readonly effectiveFrom: number;
}

/** The agency's work goes on in another one; it is closed from this event on, if it was not before. */
export interface AgencySucceeded extends Governed {
  readonly kind: "AgencySucceeded";
  readonly agency: string;
  readonly successor: string;
  readonly effectiveFrom: number;
}

/** `assurance` is 1 (D, self-stated) to 4 (A, signed and sealed by the issuing authority). */
export interface EntitlementGranted extends Governed {
  readonly kind: "EntitlementGranted";
  readonly agency: string;
  readonly type: string;
  readonly validFrom: number;
  readonly validUntil: number | null;
  readonly assurance: number;
}

export interface EntitlementEnded extends Governed {
  readonly kind: "EntitlementEnded";
  readonly agency: string;
  readonly type: string;
}

export interface OperatorAdded extends Governed {
  readonly kind: "OperatorAdded";
  readonly agency: string;
  readonly account: string;
  readonly validFrom: number;
  readonly validUntil: number | null;
}

export interface OperatorRemoved extends Governed {
  readonly kind: "OperatorRemoved";
  readonly agency: string;
  readonly account: string;
}

/** What the account did at or after `since` is not trusted, and from the event on it may do nothing. */
export interface OperatorDistrusted extends Governed {
  readonly kind: "OperatorDistrusted";
  readonly agency: string;
  readonly account: string;
  readonly since: number;
}

/** The account was not stolen after all, or its acts were checked: they count again. It stays removed. */
export interface OperatorDistrustLifted extends Governed {
  readonly kind: "OperatorDistrustLifted";
  readonly agency: string;
  readonly account: string;
}

export interface DocumentKeyAdded extends Governed {
  readonly kind: "DocumentKeyAdded";
  readonly agency: string;
  readonly keyId: string;
  readonly algorithm: KeyAlgorithm;
  readonly x: string;
  readonly y: string;
  readonly validFrom: number;
  readonly validUntil: number | null;
}

/** The key signs no more; what it signed before stays good. */
export interface DocumentKeyEnded extends Governed {
  readonly kind: "DocumentKeyEnded";
  readonly agency: string;
  readonly keyId: string;
}

/** Nothing that the key ever signed is trusted. */
export interface DocumentKeyDistrusted extends Governed {
  readonly kind: "DocumentKeyDistrusted";
  readonly agency: string;
  readonly keyId: string;
}

export interface DocumentKeyDistrustLifted extends Governed {
  readonly kind: "DocumentKeyDistrustLifted";
  readonly agency: string;
  readonly keyId: string;
}

export interface TypePublished extends Governed {
  readonly kind: "TypePublished";
  readonly type: string;
  readonly region: string;
  readonly version: number;
  readonly number: number;
  readonly schemaHash: string;
  readonly name: string;
  readonly nameEn: string;
  readonly alwaysDisclosed: readonly string[];
  /** How long certificates of this version are good for, as the catalogue writes it. */
  readonly validity: string;
  readonly effectiveFrom: number;
  readonly uri: string;
}

export interface TypeRetired extends Governed {
  readonly kind: "TypeRetired";
  readonly type: string;
}

export interface BatchAnchored {
  readonly kind: "BatchAnchored";
  readonly agency: string;
  readonly root: string;
  readonly type: string;
  readonly sequence: number;
  readonly schemaVersion: number;
  readonly size: number;
  readonly suite: SuiteId;
  readonly time: number;
  readonly manifestHash: string;
  readonly operator: string;
  readonly head: string;
}

export interface CertificateStatusChanged {
  readonly kind: "CertificateStatusChanged";
  readonly agency: string;
  readonly root: string;
  readonly index: number;
  readonly status: number;
  readonly effectiveFrom: number;
  readonly reason: number;
  readonly by: string;
}

/** Several certificates of one batch in one event, their indices rising. */
export interface CertificatesStatusChanged {
  readonly kind: "CertificatesStatusChanged";
  readonly agency: string;
  readonly root: string;
  readonly indices: readonly number[];
  readonly status: number;
  readonly effectiveFrom: number;
  readonly reason: number;
  readonly by: string;
}

export interface BatchStatusChanged {
  readonly kind: "BatchStatusChanged";
  readonly agency: string;
  readonly root: string;
  readonly status: number;
  readonly effectiveFrom: number;
  readonly reason: number;
  readonly by: string;
}

export type RuleEffect = "accept" | "conditional" | "suspend" | "deny";

/**
 * A recognition rule (互认规则). With `group`, `recognised` is "0"; without it, `recognised` stands for
 * all below it and "0" for any region. `type` null is any type; no `serviceItems`: all of them.
 */
export interface RecognitionRule {
  readonly recognising: string;
  readonly recognised: string;
  readonly group: string | null;
  readonly type: string | null;
  readonly serviceItems: readonly string[];
  readonly leastAssurance: number;
  readonly maxStatusAge: number;
  readonly validFrom: number;
  readonly validUntil: number | null;
  readonly effect: RuleEffect;
  readonly condition: string;
  readonly basis: string;
}

export interface RuleAdded {
  readonly kind: "RuleAdded";
  readonly ruleId: number;
  readonly rule: RecognitionRule;
  readonly by: string;
  readonly sequence: number;
}

export interface RuleEnded extends Governed {
  readonly kind: "RuleEnded";
  readonly ruleId: number;
}

export interface GroupDefined extends Governed {
  readonly kind: "GroupDefined";
  readonly group: string;
  readonly regions: readonly string[];
}

/** An account becomes an authority over a region at `effectiveFrom`. */
export interface AuthorityAppointed extends Governed {
  readonly kind: "AuthorityAppointed";
  readonly region: string;
  readonly account: string;
  readonly effectiveFrom: number;
}

export interface AuthorityDismissed extends Governed {
  readonly kind: "AuthorityDismissed";
  readonly region: string;
  readonly account: string;
}

/** The deployment ends; the one whose directory has the address `successor` goes on in its place. */
export interface LedgerFrozen extends Governed {
  readonly kind: "LedgerFrozen";
  readonly successor: string;
}

export type AgencyEvent =
  | AgencyRegistered
  | AgencyStatusChanged
  | AgencySucceeded
  | EntitlementGranted
  | EntitlementEnded
  | OperatorAdded
  | OperatorRemoved
  | OperatorDistrusted
  | OperatorDistrustLifted
  | DocumentKeyAdded
  | DocumentKeyEnded
  | DocumentKeyDistrusted
  | DocumentKeyDistrustLifted;

export type CatalogueEvent = TypePublished | TypeRetired;
export type RecognitionEvent = RuleAdded | RuleEnded | GroupDefined;
export type StatusEvent = CertificateStatusChanged | CertificatesStatusChanged | BatchStatusChanged;
export type AuthorityEvent = AuthorityAppointed | AuthorityDismissed | LedgerFrozen;

export type LedgerEventContent =
  AgencyEvent | CatalogueEvent | BatchAnchored | StatusEvent | RecognitionEvent | AuthorityEvent;

export type LedgerEvent = LedgerEventContent & { readonly position: EventPosition };
export type Positioned<E> = E & { readonly position: EventPosition };
