/** The statuses that are no longer or for now not active, in the order in which bars show them. */
import type { OVERVIEW } from "./words.ts";
import type { OverviewType } from "./public-ledger.ts";

type StatusName = Exclude<keyof OverviewType["statuses"], "active">;

export interface EndedStatus {
  readonly name: StatusName;
  readonly words: keyof typeof OVERVIEW;
}

export const ENDED: readonly EndedStatus[] = [
  { name: "suspended", words: "statusSuspended" },
  { name: "superseded", words: "statusSuperseded" },
  { name: "cancelled", words: "statusCancelled" },
  { name: "withdrawn", words: "statusWithdrawn" },
  { name: "revoked", words: "statusRevoked" },
  { name: "transferred", words: "statusTransferred" },
  { name: "other", words: "statusOther" },
];

export function endedOf({ statuses }: Pick<OverviewType, "statuses">): number {
  return ENDED.reduce((sum, { name }) => sum + statuses[name], 0);
}
