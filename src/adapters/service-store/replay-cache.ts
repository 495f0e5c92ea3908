/** Presentations seen, for all instances: the unique key of the table decides who was first. */
import { randomUUID } from "node:crypto";
import type { ReplayCache } from "../../ports/replay-cache.ts";
import { RowInserter } from "../database/insert-rows.ts";
import type { ServiceDatabase, ServiceTransaction, Tables } from "./tables.ts";

interface Use {
  readonly key: string;
  readonly expiresAt: number;
  readonly by: string;
}

interface Used {
  readonly key: string;
  readonly used_by: string;
}

type Inserter = RowInserter<Tables, Used>;

/** A row that is there is changed to what it is, so that one statement says whose each is. */
const ENDING = "ON CONFLICT (key) DO UPDATE SET used_by = replay.used_by RETURNING key, used_by";

export function replayCacheOf({ grouped, types }: ServiceDatabase): ReplayCache {
  const inserter: Inserter = new RowInserter(types, {
    table: "replay",
    columns: ["key", "expires_at", "used_by"],
    ending: ENDING,
  });
  const use = grouped((transaction, uses: readonly Use[]) => takeKeys(inserter, transaction, uses));
  return {
    // A call that can't be repeated is like no other.
    isFirstUse: (key, expiresAt, by) => use({ key, expiresAt, by: by ?? randomUUID() }),
  };
}

async function takeKeys(
  inserter: Inserter,
  transaction: ServiceTransaction,
  uses: readonly Use[],
): Promise<readonly boolean[]> {
  const first = new Map<string, Use>();
  for (const use of uses) if (!first.has(use.key)) first.set(use.key, use);
  const inOrder = [...first.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  const rows = inOrder.map(({ key, expiresAt, by }) => [key, expiresAt, by]);
  const used = await inserter.insert(transaction, rows);
  const users = new Map(used.map(({ key, used_by: by }) => [key, by]));
  return uses.map(({ key, by }) => users.get(key) === by);
}
