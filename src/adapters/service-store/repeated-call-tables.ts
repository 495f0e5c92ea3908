import { integers, texts } from "../database/table.ts";
import type { Table } from "../database/table.ts";

export interface RepeatedCallTables {
  /** Keys are pseudonyms, answers are sealed. */
  readonly repeated_call: {
    readonly key: string;
    readonly request: string;
    readonly call: string;
    readonly begun_at: number;
    readonly expires_at: number;
    readonly attempts: number;
    /** Milliseconds since 1970 by the database's clock. */
    readonly leased_until: number;
    readonly answer: Uint8Array | null;
  };
}

export const REPEATED_CALL_TABLES: readonly Table[] = [
  {
    name: "repeated_call",
    key: ["key"],
    columns: [
      ...texts("key", "request", "call"),
      ...integers("begun_at", "expires_at", "attempts", "leased_until"),
      ["answer", "nullable bytes"],
    ],
    indices: [["expires_at"]],
  },
];
