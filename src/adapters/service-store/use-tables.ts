import type { Generated } from "kysely";
import { blobs, integers } from "../database/table.ts";
import type { Table } from "../database/table.ts";

export interface UseTables {
  readonly use_strand: StrandRow;
  readonly use_line: LineRow;
  /** Lengths at which strands were anchored on the chain. */
  readonly use_anchor: { readonly strand: number; readonly length: number };
  /** Who anchors for all instances, until when. */
  readonly use_duty: { readonly id: number; readonly until: number };
  /** What tells which key the log's pseudonyms are made with. */
  readonly use_key: { readonly id: number; readonly fingerprint: Uint8Array };
}

/** The strand's id as a number: 48 bits. */
interface StrandRow {
  readonly strand: number;
  readonly header: Uint8Array;
  readonly length: number;
  readonly erased_number: number;
  readonly erased_hash: Uint8Array | null;
}

export interface LineRow {
  readonly strand: number;
  readonly number: number;
  /** See use-chapters.ts. */
  readonly chapter: Generated<number>;
  readonly at: number;
  readonly certificate: Uint8Array | null;
  readonly client: string | null;
  /** What marks the call that it was kept for: see use-calls.ts. */
  readonly call: Uint8Array | null;
  readonly entry: Uint8Array;
  readonly hash: Uint8Array;
}

export const USE_TABLES: readonly Table[] = [
  {
    name: "use_strand",
    key: ["strand"],
    columns: [
      ...integers("strand"),
      ...blobs("header"),
      ...integers("length", "erased_number"),
      ["erased_hash", "nullable bytes"],
    ],
  },
  {
    name: "use_line",
    key: ["strand", "number"],
    columns: [
      ...integers("strand", "number", "at"),
      ["certificate", "nullable bytes"],
      ["client", "nullable text"],
      ...blobs("entry", "hash"),
    ],
    indices: [["certificate", "at"], ["client", "at"], ["at"]],
  },
  {
    name: "use_anchor",
    key: ["strand", "length"],
    columns: integers("strand", "length"),
    isKeyOnly: true,
  },
  { name: "use_duty", key: ["id"], columns: integers("id", "until") },
  { name: "use_key", key: ["id"], columns: [...integers("id"), ...blobs("fingerprint")] },
];
