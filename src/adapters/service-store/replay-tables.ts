import { integers, texts } from "../database/table.ts";
import type { Table } from "../database/table.ts";

export interface ReplayTables {
  /** Presentations that were accepted, until they would have run out anyway, and the call that used each. */
  readonly replay: { readonly key: string; readonly expires_at: number; readonly used_by: string };
}

export const REPLAY_TABLES: readonly Table[] = [
  {
    name: "replay",
    key: ["key"],
    columns: [...texts("key", "used_by"), ...integers("expires_at")],
    indices: [["expires_at"]],
  },
];
