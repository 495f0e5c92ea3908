import { integers, texts } from "../database/table.ts";
import type { Table } from "../database/table.ts";

export interface CallCountTables {
  readonly call_count: {
    readonly kind: string;
    readonly subject: string;
    readonly period: number;
    readonly count: number;
    readonly expires_at: number;
  };
  readonly lockout: { readonly subject: string; readonly until: number };
}

export const CALL_COUNT_TABLES: readonly Table[] = [
  {
    name: "call_count",
    key: ["kind", "subject", "period"],
    columns: [...texts("kind", "subject"), ...integers("period", "count", "expires_at")],
    indices: [["expires_at"]],
  },
  {
    name: "lockout",
    key: ["subject"],
    columns: [...texts("subject"), ...integers("until")],
    indices: [["until"]],
  },
];
