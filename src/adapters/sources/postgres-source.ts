/**
 * Records from a PostgreSQL query: one statement, in a transaction that can only read. The answer is taken
 * once and put aside, so that it can be read again and the database is not kept waiting.
 */
import { createHash } from "node:crypto";
import { Client, DatabaseError } from "pg";
import type { ClientConfig, CustomTypesConfig, QueryResult } from "pg";
import { parseIntoClientConfig } from "pg-connection-string";
import Cursor from "pg-cursor";
import pgpass from "pgpass";
import { Problem } from "../../core/problem.ts";
import type { RecordSource, SourceRecord } from "../../ports.ts";
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

const POSTGRES_URL = /^postgres(?:ql)?:\/\//;
const ROWS_AT_A_TIME = 1_000;
const CONNECT_TIMEOUT_MS = 10_000;
const DEFAULT_PORT = 5432;
const BOOLEAN = 16;
/** Dates come as 2026-01-31 whatever the database's own way is; a second is the least that is kept. */
const SETTINGS = `SET datestyle = 'ISO, YMD'; SET intervalstyle = 'iso_8601'; SET bytea_output = 'hex';
  BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`;

export function isPostgresUrl(text: string): boolean {
  return POSTGRES_URL.test(text);
}

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
  return { ...source, pages: () => numberedPages(source) };
}

async function* numberedPages(source: RecordSource): AsyncIterable<readonly SourceRecord[]> {
  let line = 1;
  for await (const page of source.pages()) yield page.map(({ cells }) => ({ line: line++, cells }));
}

/** @returns the address without its password. @throws Problem USAGE */
function nameOf(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new Problem("USAGE", "--source: postgres://user@host/database expected");
  }
  return `${url.protocol}//${url.username}${url.username === "" ? "" : "@"}${url.host}${url.pathname}`;
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
    return new Client(configOf(url, password));
  } catch (error) {
    throw new Problem("USAGE", `--source: ${(error as Error).message}`, error);
  }
}

/** What the address says, over what PGPASSWORD says, over what the password file says. */
function configOf(url: string, password: string | null): ClientConfig {
  const said = parseIntoClientConfig(url);
  return {
    ...said,
    password: said.password === "" ? (password ?? passwordFromFile(said)) : said.password,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: "liangzheng",
  };
}

function passwordFromFile({ host, port, database, user }: ClientConfig): () => Promise<string> {
  const connection = {
    host: host ?? "localhost",
    port: port ?? DEFAULT_PORT,
    database: database ?? user ?? "",
    user: user ?? "",
  };
  return () => {
    return new Promise((resolve, reject) => {
      pgpass(connection, (password) => {
        if (password !== undefined) resolve(password);
        else reject(new Error("a password is asked for, and there is none"));
      });
    });
  };
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

/** SQLSTATE classes 08 (connection), 28 (authorisation), 3D (no database), 53 and 57 (server's trouble). */
const UNREACHABLE = /^(?:08|28|3D|53|57P)/;

function asProblem(name: string, error: unknown): unknown {
  if (error instanceof Problem) return error;
  if (!(error instanceof DatabaseError)) {
    return new Problem("SOURCE_UNREACHABLE", `${name}: ${(error as Error).message}`, error);
  }
  const { code = "", message, position } = error;
  const where = position === undefined ? "" : ` at character ${position}`;
  const isUnreachable = UNREACHABLE.test(code);
  const problem = isUnreachable ? "SOURCE_UNREACHABLE" : "SOURCE_QUERY";
  return new Problem(problem, `${name}: ${message}${where}`, error);
}
