/** How a PostgreSQL database is reached: its address, and a password from elsewhere where it has none. */
import type { ClientConfig } from "pg";
import { parseIntoClientConfig } from "pg-connection-string";
import pgpass from "pgpass";

const POSTGRES_URL = /^postgres(?:ql)?:\/\//;
const CONNECT_TIMEOUT_MS = 10_000;
const DEFAULT_PORT = 5432;

export function isPostgresUrl(text: string): boolean {
  return POSTGRES_URL.test(text);
}

/** @returns the address without its password, or null where it is none. */
export function postgresName(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, username, host, pathname } = new URL(text);
  return `${protocol}//${username}${username === "" ? "" : "@"}${host}${pathname}`;
}

/**
 * What the address says, over what PGPASSWORD says, over what the password file says.
 * @throws Error for an address with options that are none
 */
export function postgresConfig(url: string, password: string | null): ClientConfig {
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

/** SQLSTATE classes 08 (connection), 28 (authorisation), 3D (no database), 53 and 57 (server's trouble). */
const UNREACHABLE = /^(?:08|28|3D|53|57P)/;

export function isUnreachable(sqlState: string): boolean {
  return UNREACHABLE.test(sqlState);
}
