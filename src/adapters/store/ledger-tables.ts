/** The tables of the ledger store. */
export interface LedgerTables {
  readonly ledger_event: {
    readonly block: number;
    readonly log_index: number;
    readonly body: string;
  };
  /** Row 1 is the cursor, row 2 the place up to which events are kept ahead of it. */
  readonly ledger_cursor: { readonly id: number; readonly body: string };
  /** A snapshot in parts: a database takes a value of a few megabytes more willingly than one of a gigabyte. */
  readonly ledger_snapshot: { readonly part: number; readonly content: Uint8Array };
}
