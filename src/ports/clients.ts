/** Who may call a verification service, and as what. The comments are the contract. */

import type { Attempt } from "./repeated-calls.ts";

/** What a client is: different people, so one role each. */
export const ROLES = ["counter", "agency", "authority", "auditor", "administrator"] as const;
export type Role = (typeof ROLES)[number];

/** A counter, a back office or a person's program that may call. Nothing in it is secret. */
export interface Client {
  /** "C-" and 8 letters and digits, for people and records. */
  readonly id: string;
  /** What a citizen is told who asks: 三亚市政务服务中心3号窗口. */
  readonly name: string;
  readonly role: Role;
  /** Where the counter is: a GB/T 2260 code or "0"; null where its role has none. */
  readonly region: string | null;
  /** The credit code of the agency that it calls for; null where its role has none. */
  readonly agency: string | null;
  /** Codes of the service items it handles; null for all. */
  readonly serviceItems: readonly string[] | null;
  /** Calls in a minute at most. */
  readonly perMinute: number;
  /** Certificates verified in a day (UTC) at most. */
  readonly perDay: number;
  /** Seconds since 1970. */
  readonly createdAt: number;
  /** Null while it may call. */
  readonly endedAt: number | null;
}

/** Who calls. */
export interface Caller {
  /** At which attempt of a call that may be repeated; absent for one that may not. */
  readonly attempt?: Attempt;
  /** Null for anyone: someone with a phone. */
  readonly client: Client | null;
  /** The network address it calls from; for limits, never kept or logged. */
  readonly address: string;
}

/**
 * How a client proves who it is: an API key, a TLS certificate (by its SHA-256 fingerprint), or an access token
 * of the identity provider (by what the token says of its subject).
 */
export type CredentialKind = "key" | "certificate" | "token";

/** One way in which one client proves who it is. No secret is in it. */
export interface Credential {
  readonly kind: CredentialKind;
  /** A key's id; a fingerprint, 64 hex digits; or the subject's name. Of one kind there is each once. */
  readonly id: string;
  /** SHA-256 of a key's secret, 64 hex digits; null for the other kinds. */
  readonly secretHash: string | null;
  /** The client's id. */
  readonly client: string;
  /** Seconds since 1970. */
  readonly createdAt: number;
  /** From when it is good for nothing; null: no end of its own. */
  readonly until: number | null;
}

/** What an administrator did. Nothing secret is in it. */
export interface ClientEvent {
  /** From 1, without gaps, in the order in which it was done. */
  readonly number: number;
  readonly at: number;
  /** Who did it, as the machine knows people: a user name. */
  readonly by: string;
  readonly what: "added" | "ended" | "rotated";
  /** The client's id. */
  readonly client: string;
  /** What was given or changed, in a few words. */
  readonly detail: string;
}

export type NewClientEvent = Pick<ClientEvent, "at" | "by" | "detail">;

export interface ClientDirectory {
  /** How many changes there were so far. */
  readonly revision: number;
  /** Those ended too. */
  readonly clients: readonly Client[];
  readonly credentials: readonly Credential[];
}

/** Clients, shared by all instances. Each change and its event are kept together or not at all. */
export interface ClientStore {
  /** Cheap: every instance asks every second. */
  revision(): Promise<number>;
  /** No change that is within `revision` is missing. */
  read(): Promise<ClientDirectory>;
  /** @throws Problem CREDENTIAL_TAKEN */
  add(client: Client, credentials: readonly Credential[], event: NewClientEvent): Promise<void>;
  /** At `event.at`. False where there is none that may call. */
  end(client: string, event: NewClientEvent): Promise<boolean>;
  /**
   * Gives it one more key; its earlier keys end at `earlierUntil` or before. False where there is none that may
   * call. @throws Problem CREDENTIAL_TAKEN
   */
  rotate(key: Credential, earlierUntil: number, event: NewClientEvent): Promise<boolean>;
  /** The newest first. */
  events(limit: number): Promise<readonly ClientEvent[]>;
}

/** So many calls of one subject in one period. */
export interface CallCount {
  readonly kind: "day" | "failure" | "right";
  /** A client's or a credential's id, the pseudonym of an address or both: never the address. */
  readonly subject: string;
  /** The number of the day (also of one on which a credential was right), or of the period of failures. */
  readonly period: number;
  readonly count: number;
  /** When it may be forgotten. */
  readonly expiresAt: number;
}

/** What all instances count together. */
export interface CallCounts {
  /** Adds each, and tells all instances' totals in the same order. No two of the same kind, subject and period. */
  add(counts: readonly CallCount[]): Promise<readonly number[]>;
  /** Closes the door to a subject until then, or longer where it was closed longer already. */
  lock(subject: string, until: number): Promise<void>;
  /** Subjects that are locked out at that time, with until when; ten thousand at most, the longest first. */
  locks(now: number): Promise<ReadonlyMap<string, number>>;
  /** Subjects of kind `right` that have not expired; a hundred thousand at most. */
  rightPlaces(now: number): Promise<ReadonlySet<string>>;
}
