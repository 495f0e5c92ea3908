/**
 * Records from a PostgreSQL query: one statement, in a transaction that can only read. The answer is taken
 * once and put aside, so that it can be read again and the database is not kept waiting.
 */
import { createHash } from "node:crypto";
import { Client, DatabaseError } from "pg";
import type { CustomTypesConfig, QueryResult } from "pg";
import Cursor from "pg-cursor";
import { Problem } from "../../core/problem.ts";
import type { RecordSource, SourceRecord } from "../../ports/record-source.ts";
import { isUnreachable, postgresConfig, postgresName } from "../store/postgres-connection.ts";
import { spooledBytes } from "./byte-source.ts";
import { csvSource } from "./csv-source.ts";
import { MAX_COLUMNS, MAX_RECORD } from "./source-options.ts";
import { Spool } from "./spool.ts";

export interface QueryOrder {
  /** `postgres://user@host:port/database`; without a password PGPASSWORD or ~/.pgpass is asked. */
  readonly url: string;
  /** One that reads; ordered, so that another run gives the same records. */
  readonly query: string;
  /** For an address without one, before ~/.pgpass is asked. */
  readonly password?: string | null;
}

const ROWS_AT_A_TIME = 1_000;
const BOOLEAN = 16;
/** Dates come as 2026-01-31 whatever the database's own way is; a second is the least that is kept. */
const SETTINGS = `SET datestyle = 'ISO, YMD'; SET intervalstyle = 'iso_8601'; SET bytea_output = 'hex';
  BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`;

/** @throws Problem USAGE, SOURCE_UNREACHABLE, SOURCE_QUERY, SOURCE_EMPTY, SOURCE_MALFORMED, DISK_FAILED. */
export async function postgresSource(order: QueryOrder): Promise<RecordSource> {
  const name = nameOf(order.url);
  const spool = new Spool();
  try {
    const digest = await fetchRows(name, order, spool);
    const bytes = spooledBytes(name, spool);
    const survey = { contentHash: digest, digest };
    return numbered(await csvSource({ bytes, survey, encoding: "utf-8", separator: "," }));
  } catch (error) {
    spool.close();
    throw error;
  }
}

/** Rows of an answer have no lines: they are numbered from 1. */
function numbered(source: RecordSource): RecordSource {
  const { name, digest, columns } = source;
  const close = (): Promise<void> => source.close();
  return { name, digest, columns, pages: () => numberedPages(source), close };
}

async function* numberedPages(source: RecordSource): AsyncIterable<readonly SourceRecord[]> {
  let line = 1;
  for await (const page of source.pages()) yield page.map(({ cells }) => ({ line: line++, cells }));
}

/** @throws Problem USAGE */
function nameOf(text: string): string {
  const name = postgresName(text);
  if (name === null) throw new Problem("USAGE", "--source: postgres://user@host/database expected");
  return name;
}

/** @returns the SHA-256 of what was put aside. */
async function fetchRows(name: string, order: QueryOrder, spool: Spool): Promise<string> {
  const client = clientOf(order);
  // A connection that breaks off is told by the call under way.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query(SETTINGS);
    const cursor = new Cursor<Row>(order.query, [], { rowMode: "array", types: TYPES });
    return await putAside(name, client.query(cursor), spool);
  } catch (error) {
    throw asProblem(name, error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** @throws Problem USAGE for an address with options that are none */
function clientOf({ url, password = null }: QueryOrder): Client {
  try {
    return new Client(postgresConfig(url, password));
  } catch (error) {
    throw new Problem("USAGE", `--source: ${(error as Error).message}`, error);
  }
}

/** Everything as the database writes it. */
const TYPES: CustomTypesConfig = {
  getTypeParser: (type: number) => (type === BOOLEAN ? booleanText : asText),
};

function asText(text: string): string {
  return text;
}

function booleanText(text: string): string {
  return text === "t" ? "true" : "false";
}

type Row = readonly (string | null)[];

async function putAside(name: string, cursor: Cursor<Row>, spool: Spool): Promise<string> {
  const hash = createHash("sha256");
  const write = (rows: readonly Row[]): void => {
    const bytes = Buffer.from(rows.map((row) => lineOf(name, row)).join(""));
    hash.update(bytes);
    spool.append(bytes);
  };
  for (let isFirst = true; ; isFirst = false) {
    const { rows, columns } = await readSome(cursor);
    if (isFirst) write([columns]);
    if (columns.length > MAX_COLUMNS) throw new Problem("SOURCE_MALFORMED", `${name}: too wide`);
    write(rows);
    if (rows.length === 0) return hash.digest("hex");
  }
}

interface Some {
  readonly rows: readonly Row[];
  readonly columns: readonly string[];
}

/** With the names of the columns, which only the callback is told, and only where there was no error. */
function readSome(cursor: Cursor<Row>): Promise<Some> {
  return new Promise((resolve, reject) => {
    cursor.read(ROWS_AT_A_TIME, (error?: Error | null, rows?: Row[], result?: QueryResult) => {
      if (error) reject(error);
      else resolve({ rows: rows ?? [], columns: (result?.fields ?? []).map(({ name }) => name) });
    });
  });
}

/** NULL is an empty cell. Everything is quoted, so that a row of empty cells is not an empty line. */
function lineOf(name: string, row: Row): string {
  const line = row.map((cell) => `"${(cell ?? "").replaceAll('"', '""')}"`).join(",");
  if (line.length > MAX_RECORD) {
    throw new Problem("SOURCE_MALFORMED", `${name}: a row longer than any record`);
  }
  return `${line}\n`;
}

function asProblem(name: string, error: unknown): unknown {
  if (error instanceof Problem) return error;
  if (!(error instanceof DatabaseError)) {
    return new Problem("SOURCE_UNREACHABLE", `${name}: ${(error as Error).message}`, error);
  }
  const { code = "", message, position } = error;
  const where = position === undefined ? "" : ` at character ${position}`;
  const problem = isUnreachable(code) ? "SOURCE_UNREACHABLE" : "SOURCE_QUERY";
  return new Problem(problem, `${name}: ${message}${where}`, error);
}
