/** What counters ask holders to show: a table's key decides whose a code is, conditional updates who was first. */
import type { ExpressionBuilder } from "kysely";
import type {
  KeptRequest,
  PresentationRequest,
  PresentationRequests,
} from "../../ports/presentation-requests.ts";
import type { PresentationRequestTables } from "./presentation-request-tables.ts";
import type { ServiceDatabase, ServiceTransaction, Tables } from "./tables.ts";

/** For so long a request that has run out is told apart from one that never was, in seconds. */
const TOLD_AFTERWARDS_SECONDS = 600;

type Row = PresentationRequestTables["presentation_request"];
type Body = Omit<PresentationRequest, "id" | "client" | "nonce" | "expiresAt">;

export function presentationRequestsOf({ db, write }: ServiceDatabase): PresentationRequests {
  return {
    add: (request) => write((transaction) => add(transaction, request)),
    find: (id) => find(db, id),
    findByCode: async (code) => {
      const known = db.selectFrom("request_code").select("request").where("code", "=", code);
      const found = await known.executeTakeFirst();
      return found === undefined ? null : find(db, found.request);
    },
    answer: async (id, { sealed, answeredAt, keptUntil }) => {
      const { numUpdatedRows } = await db
        .updateTable("presentation_request")
        .set({ answer: sealed, answered_at: answeredAt, kept_until: keptUntil })
        .where("id", "=", id)
        .where("answered_at", "is", null)
        .where("expires_at", ">", answeredAt)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    answerTo: async (id, now, by) => {
      const row = await db
        .selectFrom("presentation_request")
        .select("answer")
        .where("id", "=", id)
        .where(isFor(by, now))
        .executeTakeFirst();
      return row?.answer ?? null;
    },
    spend: async (id, now, by) => {
      const { numUpdatedRows } = await db
        .updateTable("presentation_request")
        .set({ verified_at: now, spent_by: by, ...(by === null && { answer: null }) })
        .where("id", "=", id)
        .where(isFor(by, now))
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}

/** Not spent and within its time, or spent by the same call. */
function isFor(by: string | null, now: number) {
  return (row: ExpressionBuilder<Tables, "presentation_request">) => {
    const isOpen = row.and([row("verified_at", "is", null), row("kept_until", ">", now)]);
    return by === null ? isOpen : row.or([isOpen, row("spent_by", "=", by)]);
  };
}

async function add(
  transaction: ServiceTransaction,
  { id, client, nonce, expiresAt, ...body }: PresentationRequest,
): Promise<boolean> {
  const purgeAt = expiresAt + TOLD_AFTERWARDS_SECONDS;
  if (!(await takeCode(transaction, body, { request: id, purge_at: purgeAt }))) return false;
  const row = { id, client, nonce, body: JSON.stringify(body satisfies Body) };
  const times = { expires_at: expiresAt, purge_at: purgeAt };
  const unanswered = {
    answer: null,
    answered_at: null,
    kept_until: null,
    verified_at: null,
    spent_by: null,
  };
  await transaction
    .insertInto("presentation_request")
    .values({ ...row, ...times, ...unanswered })
    .execute();
  return true;
}

/** A code is free again once the request that had it is past. */
async function takeCode(
  transaction: ServiceTransaction,
  { code, createdAt }: Body,
  rest: { readonly request: string; readonly purge_at: number },
): Promise<boolean> {
  await transaction
    .deleteFrom("request_code")
    .where("code", "=", code)
    .where("purge_at", "<=", createdAt)
    .execute();
  const taken = await transaction
    .insertInto("request_code")
    .values({ code, ...rest })
    .onConflict((conflict) => conflict.doNothing())
    .returning("code")
    .execute();
  return taken.length === 1;
}

async function find(db: ServiceDatabase["db"], id: string): Promise<KeptRequest | null> {
  const row = await db
    .selectFrom("presentation_request")
    .select(["id", "client", "nonce", "body"])
    .select(["expires_at", "answered_at", "kept_until", "verified_at"])
    .where("id", "=", id)
    .executeTakeFirst();
  return row === undefined ? null : requestOf(row);
}

function requestOf(row: Omit<Row, "answer" | "purge_at" | "spent_by">): KeptRequest {
  return {
    ...(JSON.parse(row.body) as Body),
    ...{ id: row.id, client: row.client, nonce: new Uint8Array(row.nonce) },
    expiresAt: row.expires_at,
    answeredAt: row.answered_at,
    keptUntil: row.kept_until,
    verifiedAt: row.verified_at,
  };
}
