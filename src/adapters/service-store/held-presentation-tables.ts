import { blobs, integers, texts } from "../database/table.ts";
import type { Table } from "../database/table.ts";

export interface HeldPresentationTables {
  readonly held_presentation: {
    /** SHA-256 of the token, in hex. */
    readonly key: string;
    readonly sealed: Uint8Array;
    readonly expires_at: number;
    /** The call that has taken it and may take it again; who can't has deleted it. */
    readonly taken_by: string | null;
  };
}

export const HELD_PRESENTATION_TABLES: readonly Table[] = [
  {
    name: "held_presentation",
    key: ["key"],
    columns: [
      ...texts("key"),
      ...blobs("sealed"),
      ...integers("expires_at"),
      ["taken_by", "nullable text"],
    ],
    indices: [["expires_at"]],
  },
];
