import { integers, texts } from "../database/table.ts";
import type { Table } from "../database/table.ts";

export interface ClientTables {
  readonly client: {
    readonly id: string;
    readonly name: string;
    readonly role: string;
    readonly region: string | null;
    readonly agency: string | null;
    /** JSON, a list of codes. */
    readonly service_items: string | null;
    readonly per_minute: number;
    readonly per_day: number;
    readonly created_at: number;
    readonly ended_at: number | null;
  };
  readonly credential: {
    readonly kind: string;
    readonly id: string;
    readonly secret_hash: string | null;
    readonly client: string;
    readonly created_at: number;
    readonly until: number | null;
  };
  /** One row: how many changes there were. Who changes anything takes it first, so that one comes after another. */
  readonly client_revision: { readonly id: number; readonly number: number };
  readonly client_event: {
    readonly number: number;
    readonly at: number;
    readonly by: string;
    readonly what: string;
    readonly client: string;
    readonly detail: string;
  };
}

export const CLIENT_TABLES: readonly Table[] = [
  {
    name: "client",
    key: ["id"],
    columns: [
      ...texts("id", "name", "role"),
      ["region", "nullable text"],
      ["agency", "nullable text"],
      ["service_items", "nullable text"],
      ...integers("per_minute", "per_day", "created_at"),
      ["ended_at", "nullable integer"],
    ],
  },
  {
    name: "credential",
    key: ["kind", "id"],
    columns: [
      ...texts("kind", "id", "client"),
      ["secret_hash", "nullable text"],
      ...integers("created_at"),
      ["until", "nullable integer"],
    ],
    indices: [["client"]],
  },
  { name: "client_revision", key: ["id"], columns: integers("id", "number") },
  {
    name: "client_event",
    key: ["number"],
    columns: [...integers("number", "at"), ...texts("by", "what", "client", "detail")],
  },
];
