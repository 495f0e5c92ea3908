/** The tables of an agency's store, the same in SQLite and in PostgreSQL. */
import type { Kysely, Transaction } from "kysely";
import type { JobState, TransactionState } from "../../ports/agency-store.ts";

export interface Tables {
  /** What the store is told by: which key it is encrypted with, and its own key of numbers, wrapped. */
  readonly store_meta: { readonly name: string; readonly value: Uint8Array };
  readonly job: {
    readonly id: string;
    /** Rising in the order jobs were made. */
    readonly number: number;
    readonly key: string;
    readonly state: JobState;
    readonly ledger: string;
    readonly agency: string;
    readonly type: string;
    /** The order, the identity and the source in JSON. */
    readonly body: string;
    readonly batches: number;
    readonly certificates: number;
    readonly skipped: number;
    readonly replacing: number;
    readonly created_at: number;
    readonly updated_at: number;
  };
  /** The job's page key, wrapped under the store's key. */
  readonly job_key: { readonly job: number; readonly wrapped: Uint8Array };
  readonly batch: {
    /** Rising in the order batches were made. */
    readonly id: number;
    readonly job: string;
    readonly ordinal: number;
    readonly root: string;
    readonly size: number;
    readonly issued: number;
    readonly manifest: Uint8Array;
    readonly manifest_hash: string;
    readonly top: Uint8Array;
    /** In JSON; null until it is confirmed. */
    readonly receipt: string | null;
  };
  readonly tree_chunk: { readonly id: number; readonly nodes: Uint8Array };
  /** The digests of a chunk's numbers in index order; 16 zero bytes for one that was erased. */
  readonly chunk_numbers: { readonly id: number; readonly digests: Uint8Array };
  readonly page: { readonly id: number; readonly content: Uint8Array };
  /** 32 random bytes that the page's key is made of, and its tag; only ever overwritten, by as many. */
  readonly page_key: { readonly id: number; readonly key: Uint8Array };
  /** A number's digest, then the batch's id and the index, four bytes each with the highest first. */
  readonly issued_number: { readonly entry: Uint8Array };
  readonly replacement: {
    readonly id: number;
    readonly job: string;
    readonly root: string;
    /** Four bytes each, lowest first. */
    readonly indices: Uint8Array;
  };
  readonly outbox: {
    readonly hash: string;
    readonly number: number;
    readonly job: string;
    readonly first_batch: number;
    readonly batches: number;
    readonly raw: string;
    readonly nonce: number;
    readonly account: string;
    readonly state: TransactionState;
    readonly signed_at: number;
  };
  readonly erased: { readonly batch: number; readonly place: number; readonly erased_at: number };
  readonly claim_code: {
    /** Of the code, under the store's claim key. */
    readonly digest: Uint8Array;
    readonly root: string;
    readonly place: number;
    readonly created_at: number;
    readonly expires_at: number;
    /** 0 until it was. */
    readonly used_at: number;
    readonly revoked_at: number;
    readonly attempts: number;
  };
  /** Who tried claim codes lately, by a keyed digest. */
  readonly claim_attempt: {
    readonly client: Uint8Array;
    readonly since: number;
    readonly count: number;
  };
  /** The key that claimed a certificate last. */
  readonly holding: {
    readonly root: string;
    readonly place: number;
    /** A keyed digest of the key's thumbprint, in hex. */
    readonly holder: string;
    /** The claim code's id. */
    readonly code: string;
    readonly since: number;
  };
  readonly delegation: {
    readonly id: string;
    readonly root: string;
    readonly place: number;
    /** Keyed digests of thumbprints, in hex; the delegate's is empty until it was claimed. */
    readonly grantor: string;
    readonly holder: string;
    /** Who may show which claims for what: JSON, encrypted. */
    readonly terms: Uint8Array;
    /** Of the code, under the store's claim key. */
    readonly code: Uint8Array;
    readonly code_expires_at: number;
    readonly until: number;
    readonly created_at: number;
    /** 0 until it was. */
    readonly claimed_at: number;
    readonly withdrawn_at: number;
    readonly bound_until: number;
  };
}

export type Queries = Kysely<Tables> | Transaction<Tables>;

const CHUNKS_IN_BATCH = 2 ** 12;
const PAGES_IN_BATCH = 2 ** 18;

/** A batch has 2^24 leaves at most: 2^12 chunks of them, 2^18 pages. */
export function chunkId(batch: number, chunk: number): number {
  return batch * CHUNKS_IN_BATCH + chunk;
}

export function pageId(batch: number, page: number): number {
  return batch * PAGES_IN_BATCH + page;
}
