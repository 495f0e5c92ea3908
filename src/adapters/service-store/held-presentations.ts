/** Presentations that a code refers to: who deletes the row, or writes a name into it, has taken it. */
import type { HeldPresentations } from "../../ports/presentation-requests.ts";
import type { ServiceDatabase } from "./tables.ts";

export function heldPresentationsOf({ db }: ServiceDatabase): HeldPresentations {
  return {
    hold: async (key, sealed, expiresAt) => {
      const row = { key, sealed, expires_at: expiresAt, taken_by: null };
      await db.insertInto("held_presentation").values(row).execute();
    },
    take: (key, now, by) => (by === null ? takeAway(db, key, now) : takeFor(db, key, now, by)),
  };
}

async function takeAway(
  db: ServiceDatabase["db"],
  key: string,
  now: number,
): Promise<Uint8Array | null> {
  const taken = await db
    .deleteFrom("held_presentation")
    .where("key", "=", key)
    .where("expires_at", ">", now)
    .where("taken_by", "is", null)
    .returning("sealed")
    .executeTakeFirst();
  return taken?.sealed ?? null;
}

async function takeFor(
  db: ServiceDatabase["db"],
  key: string,
  now: number,
  by: string,
): Promise<Uint8Array | null> {
  const taken = await db
    .updateTable("held_presentation")
    .set({ taken_by: by })
    .where("key", "=", key)
    .where((row) => {
      const isFree = row.and([row("taken_by", "is", null), row("expires_at", ">", now)]);
      return row.or([isFree, row("taken_by", "=", by)]);
    })
    .returning("sealed")
    .executeTakeFirst();
  return taken?.sealed ?? null;
}
