/**
 * Who checks, hashes and encrypts records: threads, or for a small table nobody but the main one. What goes
 * between them are a few flat buffers for some thousand records, handed over and not copied: whoever gave
 * them has none afterwards.
 */
import type { CertificateType } from "../core/catalogue/certificate-type.ts";
import type { Mapping } from "../core/catalogue/mapping.ts";
import type { RecordFault } from "../core/catalogue/record-fault.ts";
import type { SourceRecord, TableFault, TextBlock, TextForm } from "./record-source.ts";
import type { EncryptedPage, JobSecrets } from "./agency-store.ts";

/** Texts or values one after another; item i goes from ends[i] to ends[i + 1]. */
export interface FlatItems {
  readonly bytes: Uint8Array;
  /** One more than there are items; the first is 0. */
  readonly ends: Uint32Array;
}

/**
 * What certificates are made of, each with its claims in the order of their names. A claim that a record does
 * not have is simply not there.
 */
export interface FlatRecords {
  readonly count: number;
  /** Record i has the claims claimStarts[i] to claimStarts[i + 1]; one more than records. */
  readonly claimStarts: Uint32Array;
  /** For each claim the number of its name, rising within a record. */
  readonly nameNumbers: Uint16Array;
  /** For each claim its value in CBOR. */
  readonly values: FlatItems;
  /** For each record `notBefore` and `notAfter` in seconds since 1970; Infinity says 'no end'. */
  readonly validities: Float64Array;
  /** For each record 32 bytes, as in its leaf. */
  readonly holders: Uint8Array;
}

/** Certificates of one batch, in index order. */
export interface FlatCertificates extends FlatRecords {
  /** The index of the first of them in its batch. */
  readonly firstIndex: number;
  /** The names that claims of the type have, each in CBOR, in order. */
  readonly names: FlatItems;
  /** For each claim 16 bytes. */
  readonly salts: Uint8Array;
}

/** What all of a job's work is done by. */
export interface WorkerOrder {
  readonly type: CertificateType;
  /** The code of the agency that issues; null where nobody does yet. */
  readonly agency: string | null;
  readonly columns: readonly string[];
  /** Null where the columns are named as the claims are. */
  readonly mapping: Mapping | null;
  /** YYYY-MM-DD in Beijing. */
  readonly today: string;
  /** How blocks of text are to be read; null where records come ready. */
  readonly text: TextForm | null;
  readonly secrets: JobSecrets;
}

/** Some records of a source, one after another. */
export type RecordBlock = TextBlock | readonly SourceRecord[];

/** A fault with the column it is in, as the source names it. */
export interface ColumnFault {
  readonly column: string;
  readonly fault: RecordFault;
}

export interface FaultyRecord {
  readonly line: number;
  readonly faults: readonly ColumnFault[];
  /** Null where it has none that could be read. */
  readonly number: NumberDigest | null;
}

export interface NumberDigest {
  readonly text: string;
  readonly digest: Uint8Array;
}

/** Records that name an issuer, and in which claim. */
export interface OtherIssuer {
  readonly claim: string;
  readonly issuer: string;
  /** Among the valid records, rising. */
  readonly places: readonly number[];
}

/** Lines are counted from 1 at the beginning of a block of text; those of records are their own. */
export interface CheckedRecords {
  /** Those with no fault, in order. */
  readonly valid: FlatRecords;
  /** For each of them the line it begins at. */
  readonly lines: Uint32Array;
  /** For each of them NUMBER_DIGEST_BYTES. */
  readonly digests: Uint8Array;
  readonly faulty: readonly FaultyRecord[];
  /** Which of the valid ones name another issuer than the agency. */
  readonly otherIssuers: readonly OtherIssuer[];
  /** How many lines a block of text has; 0 for records. */
  readonly lineCount: number;
  /** What keeps the rest of a block of text from being read at all. */
  readonly fault: TableFault | null;
}

/** Records that become the next leaves of a batch. */
export interface ChunkOrder {
  /** The batch's place in the job, from 0. */
  readonly batch: number;
  readonly records: FlatRecords;
  readonly firstIndex: number;
  /** Leaves after theirs that stand for nothing. */
  readonly padding: number;
}

export interface HashedRecordChunk {
  /** The tree over the leaves, leaves first and root last. */
  readonly nodes: Uint8Array;
  readonly pages: readonly EncryptedPage[];
  /** Gives their memory back at once. */
  readonly release?: () => void;
}

/** @throws Problem INTERNAL where a thread died: then all that is under way ends so. */
export interface IssuingWorkers {
  /** The most that may run at once; tables that are small need none. */
  readonly threads: number;
  check(block: RecordBlock): Promise<CheckedRecords>;
  /** With fresh salts. */
  hash(chunk: ChunkOrder): Promise<HashedRecordChunk>;
  close(): Promise<void>;
}

export type OpenIssuingWorkers = (order: WorkerOrder) => IssuingWorkers;
