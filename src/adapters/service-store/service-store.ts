/** The service's store: one schema and one way of working, whichever database it is kept in. */
import { sql } from "kysely";
import type { Clock } from "../../ports/clock.ts";
import type { ServiceStore } from "../../ports/service-store.ts";
import { callCountsOf } from "./call-counts.ts";
import { clientsOf } from "./clients.ts";
import { heldPresentationsOf } from "./held-presentations.ts";
import { presentationRequestsOf } from "./presentation-requests.ts";
import { repeatedCallsOf } from "./repeated-calls.ts";
import { replayCacheOf } from "./replay-cache.ts";
import { retentionOf } from "./retention.ts";
import type { ServiceDatabase } from "./tables.ts";
import { useLogOf } from "./use-log.ts";

export function serviceStore(database: ServiceDatabase, _clock: Clock): ServiceStore {
  return {
    name: database.name,
    replays: replayCacheOf(database),
    clients: clientsOf(database),
    callCounts: callCountsOf(database),
    requests: presentationRequestsOf(database),
    held: heldPresentationsOf(database),
    uses: useLogOf(database),
    repeatedCalls: repeatedCallsOf(database),
    retention: retentionOf(database),
    probe: async () => {
      await sql`SELECT 1`.execute(database.db);
    },
    close: () => database.close(),
  };
}
