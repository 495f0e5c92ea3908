/**
 * The ledger state: everything on the chain that a verdict depends on, folded from events alone. It is
 * changed by `applyEvent` and by nothing else.
 */
import type { CertificateStatuses, StatusChange } from "./certificate-statuses.ts";
import type {
  AgencyStatus,
  BatchAnchored,
  EventPosition,
  GovernanceContract,
  KeyAlgorithm,
  Positioned,
  RecognitionRule,
  TypePublished,
} from "./events.ts";

export const ZERO_HASH = `0x${"0".repeat(64)}`;

/** One deployment of the contracts: the addresses of its Directory and its BatchAnchor. */
export interface Deployment {
  readonly directory: string;
  readonly anchor: string;
}

/**
 * What pins the ledger to one deployment on one chain, with those it goes on from, the oldest first. Each
 * deployment is a generation of the ledger, numbered from 0.
 */
export interface LedgerIdentity extends Deployment {
  readonly chainId: number;
  readonly predecessors: readonly Deployment[];
}

export interface Window {
  readonly validFrom: number;
  readonly validUntil: number | null;
}

/**
 * Whether a key is trusted, as recorded at that time: what it did at or after `since` is not; null where
 * it is trusted again.
 */
export interface TrustChange {
  readonly since: number | null;
  readonly recordedAt: number;
}

/** An operator's account. Its trust is a history, the oldest change first; without any it is trusted. */
export interface Operator extends Window {
  readonly agency: string;
  readonly trust: readonly TrustChange[];
}

export interface Entitlement extends Window {
  readonly assurance: number;
}

/** A window as recorded at that time, and when it was recorded that it ends there and then. */
export interface KeyWindow extends Window {
  readonly recordedAt: number;
  readonly endedAt: number | null;
}

/**
 * A document key. Its own window is the last of `windows`, cut short where it was ended: there is one for
 * each generation that it was added in. `since` in its trust is 0: every binding it ever signed is bad.
 */
export interface DocumentKey extends Window {
  readonly keyId: string;
  readonly algorithm: KeyAlgorithm;
  readonly x: string;
  readonly y: string;
  readonly windows: readonly KeyWindow[];
  readonly trust: readonly TrustChange[];
}

export interface AgencyStatusRecord {
  readonly status: AgencyStatus;
  readonly effectiveFrom: number;
  readonly recordedAt: number;
}

export interface Succession {
  readonly agency: string;
  readonly effectiveFrom: number;
  readonly recordedAt: number;
}

/** `status` is the one recorded last, the last of `statuses`. */
export interface Agency {
  readonly code: string;
  readonly region: string;
  readonly name: string;
  readonly registeredAt: number;
  status: AgencyStatus;
  statusSince: number;
  readonly statuses: AgencyStatusRecord[];
  successor: Succession | null;
  readonly entitlements: Map<string, Entitlement>;
  readonly documentKeys: Map<string, DocumentKey>;
}

export interface CertificateTypeRecord {
  readonly code: string;
  readonly region: string;
  isRetired: boolean;
  readonly versions: Map<number, Positioned<TypePublished>>;
}

/** A batch's record. `assurance` null says that its agency was not entitled when it anchored. */
export interface Anchor extends Positioned<BatchAnchored> {
  readonly assurance: number | null;
}

/** `whole`: changes in the order they were recorded. */
export interface BatchStatuses {
  readonly whole: StatusChange[];
  readonly certificates: CertificateStatuses;
}

/**
 * A rule with its number, which each generation begins at 1 again. `inForceFrom` is its `validFrom`, or
 * the time its generation began if that is later: for a time before, the rules of the time decide.
 */
export interface RuleRecord {
  readonly id: number;
  readonly generation: number;
  readonly rule: RecognitionRule;
  readonly inForceFrom: number;
  readonly recordedAt: number;
  endedAt: number | null;
}

/** A named group of regions, as defined at that time. */
export interface GroupDefinition {
  readonly regions: readonly string[];
  readonly recordedAt: number;
}

/** That a generation ended, and the address of the directory that goes on. */
export interface Freeze {
  readonly successor: string;
  readonly recordedAt: number;
}

/** Each list is a history in the order of the chain. */
export interface LedgerState {
  readonly identity: LedgerIdentity;
  readonly agencies: Map<string, Agency>;
  readonly operators: Map<string, Operator>;
  readonly types: Map<string, CertificateTypeRecord>;
  readonly anchors: Map<string, Anchor>;
  readonly statuses: Map<string, BatchStatuses>;
  /** By `ruleKey`, in the order of the chain. */
  readonly rules: Map<string, RuleRecord>;
  /** The same by the region that recognises: whoever decides looks at those of a few regions alone. */
  readonly rulesOf: Map<string, RuleRecord[]>;
  readonly groups: Map<string, GroupDefinition[]>;
  /** Authorities by region: account → the time since when. */
  readonly authorities: Map<string, Map<string, number>>;
  /** As many as there are generations that ended: the number of the present one. */
  readonly freezes: Freeze[];
  /** The number of the last event of each contract of the present generation that numbers them. */
  readonly sequences: Record<GovernanceContract, number>;
  sequence: number;
  head: string;
  /** Where the event stands that was folded last; null before the first. */
  last: EventPosition | null;
}

export function emptyLedger(identity: LedgerIdentity): LedgerState {
  return {
    identity,
    agencies: new Map(),
    operators: new Map(),
    types: new Map(),
    anchors: new Map(),
    statuses: new Map(),
    rules: new Map(),
    rulesOf: new Map(),
    groups: new Map(),
    authorities: new Map(),
    freezes: [],
    sequences: {
      AuthorityRegistry: 0,
      AgencyRegistry: 0,
      CertificateCatalog: 0,
      RecognitionPolicy: 0,
    },
    sequence: 0,
    head: ZERO_HASH,
    last: null,
  };
}

/** An empty ledger at the same place of the log: to try what comes next on, and leave this one as it is. */
export function emptyLedgerAt(state: LedgerState): LedgerState {
  const { identity, freezes, sequence, head, sequences } = state;
  const place = { freezes: [...freezes], sequences: { ...sequences }, sequence, head };
  return { ...emptyLedger(identity), ...place };
}

/** The policies of several generations number their rules alike. */
export function ruleKey(generation: number, id: number): string {
  return `${String(generation)}/${String(id)}`;
}

/** Batches are keyed by agency and root, so that nobody can claim another's root (protocol, 7). */
export function batchKey(agency: string, root: string): string {
  return `${agency}/${root}`;
}

/** Whether `time` lies in the window: from its first second, up to but not at its end. */
export function isInWindow(window: Window, time: number): boolean {
  return window.validFrom <= time && (window.validUntil === null || time < window.validUntil);
}

/** The same from its beginning up to `time`, or up to its own end where that is earlier. */
export function endWindow<W extends Window>(window: W, time: number): W {
  return { ...window, validUntil: Math.min(window.validUntil ?? time, time) };
}
