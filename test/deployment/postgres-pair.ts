/**
 * Two PostgreSQL servers: what the first has acknowledged, the second has (synchronous replication), so that it
 * can take over. Clients know one address, behind which stands whichever leads.
 */
import { execFileSync } from "node:child_process";
import { chownSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { accountOf, installPostgres } from "../support/postgres.ts";
import type { Forwarder, Place } from "./forwarder.ts";
import { openForwarder } from "./forwarder.ts";
import type { Program } from "./programs.ts";
import { startProgram, untilSo } from "./programs.ts";

const USER = "liangzheng";
const PORT = 5432;

export interface PostgresPair {
  readonly password: string;
  /** As after a crash of the server. */
  restart(): Promise<void>;
  /** The first is gone for good, the second takes over. */
  failOver(): Promise<void>;
  close(): Promise<void>;
}

interface Server extends Place {
  readonly name: string;
  readonly folder: string;
}

export async function startPostgresPair(
  folder: string,
  address: (host: string) => string,
): Promise<PostgresPair> {
  const programs = installPostgres();
  const account = accountOf();
  const password = "try-deployment";
  const run = (program: string, ...args: string[]): void => {
    const env = { ...process.env, PGPASSWORD: password };
    execFileSync(join(programs, program), args, { stdio: "pipe", cwd: folder, env, ...account });
  };
  const own = (path: string): void => {
    if (account !== null) chownSync(path, account.uid, account.gid);
  };
  const serverOf = (name: string, host: string): Server => {
    return { name, folder: join(folder, name), host: address(host), port: PORT };
  };
  const start = async (server: Server, ...settings: string[]): Promise<Program> => {
    const usual = ["fsync=off", `listen_addresses=${server.host}`, "max_connections=60"];
    const all = [...usual, "unix_socket_directories=", "shared_buffers=16MB", ...settings];
    const args = ["-D", server.folder, ...all.flatMap((setting) => ["-c", setting])];
    const command = [join(programs, "postgres"), ...args];
    const program = startProgram({ name: server.name, command, folder: server.folder, account });
    await untilSo(`${server.name} answers`, () => answers(server, password), program);
    return program;
  };
  own(folder);
  const [first, second] = [serverOf("pg-1", "0.22"), serverOf("pg-2", "0.23")];
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, password);
  own(passwordFile);
  const auth = ["--auth=scram-sha-256", "--no-sync", "--encoding=UTF8", "--locale=C"];
  run("initdb", "-D", first.folder, ...auth, `--username=${USER}`, `--pwfile=${passwordFile}`);
  const range = `${address("0.0")}/16`;
  writeFileSync(
    join(first.folder, "pg_hba.conf"),
    `host all all ${range} scram-sha-256\nhost replication all ${range} scram-sha-256\n`,
  );
  let leading = await start(first);
  await query(first, password, `CREATE DATABASE ${USER}`);
  mkdirSync(second.folder, { mode: 0o700 });
  own(second.folder);
  const from = [
    "-h",
    first.host,
    "-p",
    String(PORT),
    "-U",
    USER,
    "-D",
    second.folder,
    "-R",
    "-X",
    "stream",
  ];
  run("pg_basebackup", ...from, "--no-sync", "--checkpoint=fast");
  let following: Program | null = await start(second);
  const waiting = "synchronous_standby_names=*";
  await leading.end("SIGINT");
  leading = await start(first, waiting);
  const forwarder: Forwarder = await openForwarder({ host: address("0.21"), port: PORT }, first);
  let current = first;
  return {
    password,
    restart: async () => {
      await leading.end("SIGQUIT");
      leading = await start(current, ...(following === null ? [] : [waiting]));
    },
    failOver: async () => {
      await leading.end("SIGKILL");
      run("pg_ctl", "promote", "-D", second.folder);
      if (following !== null) leading = following;
      following = null;
      current = second;
      forwarder.pointTo(second);
    },
    close: async () => {
      await forwarder.close();
      await leading.end("SIGQUIT");
      await following?.end("SIGQUIT");
    },
  };
}

async function answers(server: Place, password: string): Promise<boolean> {
  await query(server, password, "SELECT 1");
  return true;
}

async function query({ host, port }: Place, password: string, sql: string): Promise<void> {
  const client = new Client({ host, port, user: USER, password, database: "postgres" });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
