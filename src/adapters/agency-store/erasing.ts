/** Erasing one certificate: its page is written again without it under a new key, over the old key. */
import type { Clock } from "../../ports/clock.ts";
import { NUMBER_DIGEST_BYTES, PAGE_CERTIFICATES } from "../../ports/agency-store.ts";
import { CHUNK_LEAVES } from "../hashing/tree-layout.ts";
import type { CertificateReader, PageReference } from "./certificates.ts";
import { pageKeyBytes, sealPage } from "./certificate-page.ts";
import { digestRun } from "./forgetting.ts";
import { deleteEntries, entriesOf } from "./number-index.ts";
import { forgetHoldings } from "./holdings.ts";
import { without } from "./page-parts.ts";
import type { PageContent } from "./page-format.ts";
import type { StoreDatabase } from "./store-database.ts";
import type { Queries } from "./tables.ts";
import { chunkId, pageId } from "./tables.ts";

/** @returns false where it was erased before. @throws Problem CERTIFICATE_NOT_FOUND, BATCH_DAMAGED */
export async function eraseCertificate(
  database: StoreDatabase,
  reader: CertificateReader,
  clock: Clock,
  place: { readonly root: string; readonly index: number },
): Promise<boolean> {
  const { index } = place;
  const reference = await reader.reference(place.root, index);
  const isErased = await database.write(async (transaction) => {
    const content = await reader.page(transaction, reference);
    const at = content.places.indexOf(index % PAGE_CERTIFICATES);
    if (at < 0) return false;
    await writePageAgain(transaction, reference, without(content, at));
    await forgetNumber(database, transaction, reference.kept.id, index);
    await forgetHoldings(transaction, place);
    const row = { batch: reference.kept.id, place: index, erased_at: clock.now() };
    await transaction.insertInto("erased").values(row).execute();
    return true;
  });
  await database.scrub("page_key");
  return isErased;
}

/** An empty page has neither key nor content. */
async function writePageAgain(
  db: Queries,
  { kept, secrets, page }: PageReference,
  content: PageContent,
): Promise<void> {
  const id = pageId(kept.id, page);
  const empty = { key: new Uint8Array(pageKeyBytes(secrets)), content: new Uint8Array() };
  const isEmpty = content.places.length === 0;
  const sealed = isEmpty ? empty : sealPage(secrets, kept.batch.ordinal, content);
  await db.updateTable("page_key").set({ key: sealed.key }).where("id", "=", id).execute();
  await db.updateTable("page").set({ content: sealed.content }).where("id", "=", id).execute();
}

async function forgetNumber(
  database: StoreDatabase,
  transaction: Parameters<Parameters<StoreDatabase["write"]>[0]>[0],
  batch: number,
  index: number,
): Promise<void> {
  const id = chunkId(batch, Math.floor(index / CHUNK_LEAVES));
  const row = await transaction
    .selectFrom("chunk_numbers")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const digests = Uint8Array.from(row.digests);
  const at = (index % CHUNK_LEAVES) * NUMBER_DIGEST_BYTES;
  const digest = digests.slice(at, at + NUMBER_DIGEST_BYTES);
  const run = { ...digestRun(row), firstIndex: index, digests: digest };
  await deleteEntries(database, transaction, entriesOf([run]));
  digests.fill(0, at, at + NUMBER_DIGEST_BYTES);
  await transaction.updateTable("chunk_numbers").set({ digests }).where("id", "=", id).execute();
}

/** Rising. */
export async function erasedIn({ db }: StoreDatabase, batch: number): Promise<number[]> {
  const rows = await db
    .selectFrom("erased")
    .select("place")
    .where("batch", "=", batch)
    .orderBy("place")
    .execute();
  return rows.map(({ place }) => place);
}
