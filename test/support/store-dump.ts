/** A store's database as SQL: its schema, and a row in each of its tables. For fixtures of released versions. */
import { DatabaseSync } from "node:sqlite";
import { isPostgresUrl } from "../../src/adapters/store/postgres-connection.ts";
import type { Postgres } from "./postgres.ts";

type Row = Readonly<Record<string, unknown>>;

/** One database, whichever it is. */
export interface StoreSql {
  /** What creates its tables and indices: the same text for the same schema. */
  schema(): Promise<string>;
  /** Names of its tables. */
  tables(): Promise<readonly string[]>;
  /** Puts a row into every table that is empty. */
  fill(): Promise<void>;
  /** What puts all rows back. */
  rows(): Promise<string>;
  /** How many rows each table has. */
  counts(): Promise<Readonly<Record<string, number>>>;
  /** Runs statements. */
  run(sql: string): Promise<void>;
}

/** @param postgres the server that the place is of, where it is of one */
export function storeSql(place: string, postgres: Postgres | null): StoreSql {
  const isPostgres = isPostgresUrl(place);
  const query = isPostgres ? postgresQuery(place, postgres as Postgres) : sqliteQuery(place);
  const schema = isPostgres ? postgresSchema : sqliteSchema;
  const columnsOf = isPostgres ? postgresColumns : sqliteColumns;
  const tables = async (): Promise<string[]> => {
    const sql = isPostgres
      ? "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
      : "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1";
    return (await query(sql)).map(({ name }) => String(name));
  };
  const counts = async (): Promise<Record<string, number>> => {
    const found: Record<string, number> = {};
    for (const table of await tables()) {
      const [row] = await query(`SELECT count(*) AS count FROM "${table}"`);
      found[table] = Number(row?.["count"]);
    }
    return found;
  };
  return {
    schema: () => schema(query),
    tables,
    counts,
    run: async (sql) => {
      await query(sql);
    },
    fill: async () => {
      for (const [table, count] of Object.entries(await counts())) {
        if (count > 0) continue;
        const columns = await columnsOf(query, table);
        const literal = isPostgres ? postgresBytes : sqliteBytes;
        await query(insertion(table, Object.fromEntries(columns.map(sampleOf)), literal));
      }
    },
    rows: async () => {
      const literal = isPostgres ? postgresBytes : sqliteBytes;
      let sql = "";
      for (const table of await tables()) {
        for (const row of await query(`SELECT * FROM "${table}"`)) {
          sql += `${insertion(table, row, literal)}\n`;
        }
      }
      return sql;
    },
  };
}

type Query = (sql: string) => Promise<readonly Row[]>;

function sqliteQuery(file: string): Query {
  return (sql) => {
    const database = new DatabaseSync(file);
    try {
      if (!/^(?:SELECT|PRAGMA)/.test(sql)) {
        database.exec(sql);
        return Promise.resolve([]);
      }
      return Promise.resolve(database.prepare(sql).all());
    } finally {
      database.close();
    }
  };
}

function postgresQuery(url: string, postgres: Postgres): Query {
  const database = new URL(url).pathname.slice(1);
  return (sql) => postgres.run(sql, database);
}

interface Column {
  readonly name: string;
  readonly kind: "text" | "number" | "bytes";
}

function sampleOf({ name, kind }: Column): [string, unknown] {
  return [
    name,
    kind === "text" ? `a ${name}` : kind === "number" ? 1 : new Uint8Array([1, 2, 255]),
  ];
}

async function sqliteColumns(query: Query, table: string): Promise<Column[]> {
  return (await query(`PRAGMA table_info("${table}")`)).map(({ name, type }) => {
    const kinds = { TEXT: "text", INTEGER: "number", BLOB: "bytes" } as const;
    return { name: String(name), kind: kinds[String(type).toUpperCase() as keyof typeof kinds] };
  });
}

async function postgresColumns(query: Query, table: string): Promise<Column[]> {
  const rows = await query(
    `SELECT column_name, data_type FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = '${table}' ORDER BY ordinal_position`,
  );
  return rows.map(({ column_name: name, data_type: type }) => {
    const kind = type === "text" ? "text" : type === "bytea" ? "bytes" : "number";
    return { name: String(name), kind };
  });
}

async function sqliteSchema(query: Query): Promise<string> {
  const rows = await query(
    "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name",
  );
  return rows.map(({ sql }) => `${String(sql)};\n`).join("");
}

/** Put together from the catalogue, since what pg_dump writes differs from version to version. */
async function postgresSchema(query: Query): Promise<string> {
  const tables = await query(
    `SELECT format('CREATE TABLE %I (%s, CONSTRAINT %I %s);', c.relname,
        (SELECT string_agg(format('%I %s%s', a.attname, format_type(a.atttypid, a.atttypmod),
            CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END), ', ' ORDER BY a.attnum)
          FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
        k.conname, pg_get_constraintdef(k.oid)) AS sql
      FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY c.relname`,
  );
  const storage = await query(
    `SELECT format('ALTER TABLE %I ALTER COLUMN %I SET STORAGE EXTERNAL;', c.relname, a.attname) AS sql
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attstorage = 'e'
      ORDER BY 1`,
  );
  const indices = await query(
    `SELECT indexdef || ';' AS sql FROM pg_indexes WHERE schemaname = 'public'
      AND indexname NOT IN (SELECT conname FROM pg_constraint) ORDER BY indexname`,
  );
  return [...tables, ...storage, ...indices].map(({ sql }) => `${String(sql)}\n`).join("");
}

function insertion(table: string, row: Row, bytes: (hex: string) => string): string {
  const names = Object.keys(row).map((name) => `"${name}"`);
  const values = Object.values(row).map((value) => {
    if (value === null) return "NULL";
    if (value instanceof Uint8Array) return bytes(Buffer.from(value).toString("hex"));
    if (typeof value === "number") return String(value);
    return `'${(value as string).replaceAll("'", "''")}'`;
  });
  return `INSERT INTO "${table}" (${names.join(", ")}) VALUES (${values.join(", ")});`;
}

const sqliteBytes = (hex: string): string => `x'${hex}'`;
const postgresBytes = (hex: string): string => `'\\x${hex}'`;
