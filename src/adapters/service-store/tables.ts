/** The tables of a service's store: each feature declares its own beside its adapter. */
import type { Transaction } from "kysely";
import type { Database } from "../database/database.ts";
import type { Table } from "../database/table.ts";
import type { Grouped } from "../database/grouped.ts";
import { CALL_COUNT_TABLES } from "./call-count-tables.ts";
import type { CallCountTables } from "./call-count-tables.ts";
import { CLIENT_TABLES } from "./client-tables.ts";
import type { ClientTables } from "./client-tables.ts";
import { HELD_PRESENTATION_TABLES } from "./held-presentation-tables.ts";
import type { HeldPresentationTables } from "./held-presentation-tables.ts";
import { PRESENTATION_REQUEST_TABLES } from "./presentation-request-tables.ts";
import type { PresentationRequestTables } from "./presentation-request-tables.ts";
import { REPLAY_TABLES } from "./replay-tables.ts";
import type { ReplayTables } from "./replay-tables.ts";
import { REPEATED_CALL_TABLES } from "./repeated-call-tables.ts";
import type { RepeatedCallTables } from "./repeated-call-tables.ts";
import { USE_TABLES } from "./use-tables.ts";
import type { UseTables } from "./use-tables.ts";

export type Tables = ReplayTables &
  ClientTables &
  CallCountTables &
  PresentationRequestTables &
  HeldPresentationTables &
  RepeatedCallTables &
  UseTables;

/** All of them as of version 0.1.0; what came later came by a migration of its own: see migrations.ts. */
export const TABLES: readonly Table[] = [
  ...REPLAY_TABLES,
  ...CLIENT_TABLES,
  ...CALL_COUNT_TABLES,
  ...PRESENTATION_REQUEST_TABLES,
  ...HELD_PRESENTATION_TABLES,
  ...REPEATED_CALL_TABLES,
  ...USE_TABLES,
];

/** What a feature's adapter stands on. */
export interface ServiceDatabase extends Database<Tables> {
  readonly grouped: Grouped<Tables>;
}

export type ServiceTransaction = Transaction<Tables>;
