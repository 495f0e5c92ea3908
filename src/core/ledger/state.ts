/**
 * The ledger state: everything on the chain that a verdict depends on, folded from events alone. It is
 * changed by `applyEvent` and by nothing else.
 */
import type {
  AgencyStatus,
  BatchAnchored,
  GovernanceContract,
  Positioned,
  RecognitionRule,
  TypePublished,
} from "./events.ts";

export const ZERO_HASH = `0x${"0".repeat(64)}`;

/** What pins the ledger to one deployment on one chain. `anchor` is the address of BatchAnchor. */
export interface LedgerIdentity {
  readonly chainId: number;
  readonly directory: string;
  readonly anchor: string;
}

export interface Window {
  readonly validFrom: number;
  readonly validUntil: number | null;
}

export interface Operator extends Window {
  readonly agency: string;
  /** What it anchored at or after this time is not trusted; null where it is. */
  readonly distrustedSince: number | null;
}

export interface Entitlement extends Window {
  readonly assurance: number;
}

export interface DocumentKey extends Window {
  readonly keyId: string;
  readonly x: string;
  readonly y: string;
  readonly isDistrusted: boolean;
}

export interface Agency {
  readonly code: string;
  readonly region: string;
  readonly name: string;
  status: AgencyStatus;
  statusSince: number;
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

export interface StatusChange {
  readonly status: number;
  readonly effectiveFrom: number;
  readonly recordedAt: number;
  readonly reason: number;
}

/** Changes in the order they were recorded. */
export interface BatchStatuses {
  readonly whole: StatusChange[];
  readonly certificates: Map<number, StatusChange[]>;
}

export interface RuleRecord {
  readonly id: number;
  readonly rule: RecognitionRule;
  readonly recordedAt: number;
  endedAt: number | null;
}

export interface LedgerState {
  readonly identity: LedgerIdentity;
  readonly agencies: Map<string, Agency>;
  readonly operators: Map<string, Operator>;
  readonly types: Map<string, CertificateTypeRecord>;
  readonly anchors: Map<string, Anchor>;
  readonly statuses: Map<string, BatchStatuses>;
  readonly rules: Map<number, RuleRecord>;
  readonly groups: Map<string, readonly string[]>;
  /** Authorities by region: account → the time since when. */
  readonly authorities: Map<string, Map<string, number>>;
  /** The number of the last event of each contract that numbers them. */
  readonly sequences: Record<GovernanceContract, number>;
  sequence: number;
  head: string;
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
    groups: new Map(),
    authorities: new Map(),
    sequences: { AgencyRegistry: 0, CertificateCatalog: 0, RecognitionPolicy: 0 },
    sequence: 0,
    head: ZERO_HASH,
  };
}

/** Batches are keyed by agency and root, so that nobody can claim another's root (protocol, 7). */
export function batchKey(agency: string, root: string): string {
  return `${agency}/${root}`;
}

/** Whether `time` lies in the window: from its first second, up to but not at its end. */
export function isInWindow(window: Window, time: number): boolean {
  return window.validFrom <= time && (window.validUntil === null || time < window.validUntil);
}
