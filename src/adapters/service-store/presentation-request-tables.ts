import { blobs, integers, texts } from "../database/table.ts";
import type { Table } from "../database/table.ts";

export interface PresentationRequestTables {
  readonly presentation_request: {
    readonly id: string;
    readonly client: string;
    /** JSON: all that is told of it. */
    readonly body: string;
    readonly nonce: Uint8Array;
    readonly expires_at: number;
    /** Sealed; null before there is one, and again once a call that can't be repeated has spent it. */
    readonly answer: Uint8Array | null;
    readonly answered_at: number | null;
    readonly kept_until: number | null;
    readonly verified_at: number | null;
    /** The call that may repeat it. */
    readonly spent_by: string | null;
    readonly purge_at: number;
  };
  /** Codes in use: each leads to one request. */
  readonly request_code: {
    readonly code: string;
    readonly request: string;
    readonly purge_at: number;
  };
}

export const PRESENTATION_REQUEST_TABLES: readonly Table[] = [
  {
    name: "presentation_request",
    key: ["id"],
    columns: [
      ...texts("id", "client", "body"),
      ...blobs("nonce"),
      ...integers("expires_at", "purge_at"),
      ["answer", "nullable bytes"],
      ["answered_at", "nullable integer"],
      ["kept_until", "nullable integer"],
      ["verified_at", "nullable integer"],
      ["spent_by", "nullable text"],
    ],
    indices: [["purge_at"]],
  },
  {
    name: "request_code",
    key: ["code"],
    columns: [...texts("code", "request"), ...integers("purge_at")],
    indices: [["purge_at"]],
  },
];
