/**
 * Which key holds which certificate, and whom holders let show theirs, as an agency keeps it. Of a key there is a
 * keyed hash, and what a delegation says is encrypted. The comments are the contract. Every method may end in
 * Problem DISK_FAILED, STORE_BUSY or STORE_UNREACHABLE.
 */
import type { ClaimCodeText } from "../core/identifiers/claim-code.ts";
import type { DelegationReason } from "../core/presentation/grant.ts";
import type { IssuedPlace } from "./issued.ts";

/** Of a key's thumbprint, under the store's key: the same for the same key. */
export type HolderMark = string & { readonly holderMark: unique symbol };

/** The key that claimed a certificate last. */
export interface Holding {
  readonly holder: HolderMark;
  /** The id of the claim code that it was claimed with. */
  readonly code: string;
  /** Seconds since 1970. */
  readonly since: number;
}

export interface DelegationTerms {
  /** The name of whoever may show it. */
  readonly delegate: string;
  readonly reason: DelegationReason;
  readonly matters: readonly string[];
  readonly claims: readonly string[];
}

export interface NewDelegation extends IssuedPlace, DelegationTerms {
  /** 32 hex digits. */
  readonly id: string;
  readonly grantor: HolderMark;
  readonly code: ClaimCodeText;
  /** Seconds since 1970, like all times here. */
  readonly codeExpiresAt: number;
  readonly until: number;
}

export interface Delegation extends Omit<NewDelegation, "code"> {
  readonly createdAt: number;
  /** Null until it was claimed, like claimedAt. */
  readonly holder: HolderMark | null;
  readonly claimedAt: number | null;
  readonly withdrawnAt: number | null;
  /** When the last binding that was signed for it runs out; null where none was. */
  readonly boundUntil: number | null;
}

export interface Holdings {
  mark(thumbprint: Uint8Array): HolderMark;
  /** Null while nobody has claimed it. */
  find(place: IssuedPlace): Promise<Holding | null>;
  /**
   * Uses a claim code up and makes the key the certificate's holder, both or neither.
   * @returns true for exactly one caller, also under concurrency; false where the code had ended
   */
  claim(code: string, place: IssuedPlace, holder: HolderMark, now: number): Promise<boolean>;
}

export interface Delegations {
  /**
   * Once more with the same id, it has the new code, and the one before ends.
   * @returns false where one with that id was claimed or withdrawn before
   */
  add(delegation: NewDelegation, now: number): Promise<boolean>;
  find(id: string): Promise<Delegation | null>;
  findByCode(code: ClaimCodeText): Promise<Delegation | null>;
  /** Those of one certificate that a key was let show, the newest first. */
  ofHolder(place: IssuedPlace, holder: HolderMark): Promise<readonly Delegation[]>;
  /** The newest first. */
  ofGrantor(grantor: HolderMark, limit: number): Promise<readonly Delegation[]>;
  /** How many of a certificate are neither withdrawn nor run out. */
  countOpen(place: IssuedPlace, now: number): Promise<number>;
  /** @returns true for exactly one caller; false where it was claimed or withdrawn, or its code has run out */
  claim(id: string, holder: HolderMark, now: number): Promise<boolean>;
  /** Notes a binding before it is given out. @returns false where the delegation was withdrawn */
  noteBinding(id: string, until: number): Promise<boolean>;
  /** Keeps the first time. */
  withdraw(id: string, now: number): Promise<void>;
}
