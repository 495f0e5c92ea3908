/** Who may call, as all instances know it. */
import { sql } from "kysely";
import type { Selectable } from "kysely";
import { Problem } from "../../core/problem.ts";
import type {
  Client,
  ClientEvent,
  ClientStore,
  Credential,
  CredentialKind,
  NewClientEvent,
  Role,
} from "../../ports/clients.ts";
import type { ServiceDatabase, ServiceTransaction, Tables } from "./tables.ts";

export function clientsOf({ db, write }: ServiceDatabase): ClientStore {
  const revision = (): Promise<number> => revisionOf(db);
  return {
    revision,
    read: async () => {
      // First: what comes between is read twice rather than never.
      const at = await revision();
      const clients = await db.selectFrom("client").selectAll().orderBy("created_at").execute();
      const credentials = await db.selectFrom("credential").selectAll().execute();
      return {
        revision: at,
        clients: clients.map(clientOf),
        credentials: credentials.map(credentialOf),
      };
    },
    add: (client, credentials, event) =>
      write(async (transaction) => {
        await record(transaction, "added", client.id, event);
        await transaction.insertInto("client").values(rowOf(client)).execute();
        for (const credential of credentials) await addCredential(transaction, credential);
      }),
    end: (client, event) =>
      write(async (transaction) => {
        const isEnded = await endClient(transaction, client, event.at);
        if (isEnded) await record(transaction, "ended", client, event);
        return isEnded;
      }),
    rotate: (key, earlierUntil, event) =>
      write(async (transaction) => {
        if (!(await lockOpen(transaction, key.client))) return false;
        await record(transaction, "rotated", key.client, event);
        await endKeys(transaction, key.client, earlierUntil);
        await addCredential(transaction, key);
        return true;
      }),
    events: (limit) => readEvents(db, limit),
  };
}

async function revisionOf(db: ServiceDatabase["db"]): Promise<number> {
  return (await db.selectFrom("client_revision").select("number").executeTakeFirst())?.number ?? 0;
}

async function readEvents(db: ServiceDatabase["db"], limit: number): Promise<ClientEvent[]> {
  const newest = db.selectFrom("client_event").selectAll().orderBy("number", "desc");
  const rows = await newest.limit(limit).execute();
  return rows.map((row) => ({ ...row, what: row.what as ClientEvent["what"] }));
}

async function record(
  transaction: ServiceTransaction,
  what: ClientEvent["what"],
  client: string,
  { at, by, detail }: NewClientEvent,
): Promise<void> {
  const { number } = await transaction
    .insertInto("client_revision")
    .values({ id: 1, number: 1 })
    .onConflict((conflict) =>
      conflict.column("id").doUpdateSet({ number: sql<number>`client_revision.number + 1` }),
    )
    .returning("number")
    .executeTakeFirstOrThrow();
  const row = { number, at, by, what, client, detail };
  await transaction.insertInto("client_event").values(row).execute();
}

/** @throws Problem CREDENTIAL_TAKEN: the table's key decides it */
async function addCredential(
  transaction: ServiceTransaction,
  { kind, id, secretHash, client, createdAt, until }: Credential,
): Promise<void> {
  const row = { kind, id, client, secret_hash: secretHash, created_at: createdAt, until };
  const added = await transaction
    .insertInto("credential")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .execute();
  if (added.length === 0) throw new Problem("CREDENTIAL_TAKEN", `${kind} ${id}`);
}

async function endClient(
  transaction: ServiceTransaction,
  id: string,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable("client")
    .set({ ended_at: now })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** An update that changes nothing: whoever ends the client at the same time waits, or came first. */
async function lockOpen(transaction: ServiceTransaction, id: string): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable("client")
    .set({ ended_at: null })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function endKeys(
  transaction: ServiceTransaction,
  client: string,
  until: number,
): Promise<void> {
  await transaction
    .updateTable("credential")
    .set({ until })
    .where("client", "=", client)
    .where("kind", "=", "key")
    .where(sql<boolean>`(until IS NULL OR until > ${until})`)
    .execute();
}

function rowOf(client: Client): Tables["client"] {
  const { id, name, role, region, agency, serviceItems } = client;
  return {
    ...{ id, name, role, region, agency },
    service_items: serviceItems && JSON.stringify(serviceItems),
    per_minute: client.perMinute,
    per_day: client.perDay,
    created_at: client.createdAt,
    ended_at: client.endedAt,
  };
}

function clientOf(row: Selectable<Tables["client"]>): Client {
  const { id, name, region, agency, service_items: items } = row;
  return {
    ...{ id, name, role: row.role as Role, region, agency },
    serviceItems: items === null ? null : (JSON.parse(items) as string[]),
    perMinute: row.per_minute,
    perDay: row.per_day,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  };
}

function credentialOf(row: Selectable<Tables["credential"]>): Credential {
  const { id, client, until } = row;
  const [kind, secretHash] = [row.kind as CredentialKind, row.secret_hash];
  return { kind, id, secretHash, client, createdAt: row.created_at, until };
}
