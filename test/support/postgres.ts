/**
 * A PostgreSQL of its own for a test file: Debian's package, installed where it is missing, in a temporary
 * folder, on a Unix socket, as an unprivileged user, gone at the end.
 */
import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { Client } from "pg";

const VERSIONS = "/usr/lib/postgresql";
const USER = "lz";
/** Nothing that these tests write is to survive the machine. */
const SETTINGS = ["fsync=off", "listen_addresses=", "max_connections=20", "shared_buffers=16MB"];
const START_LIMIT_MS = 120_000;

export interface Postgres {
  readonly user: string;
  readonly password: string;
  /** `postgres://user:password@…/postgres`, or another database of the same server. */
  url(database?: string): string;
  /** The same without the password. */
  openUrl(database?: string): string;
  /** Runs statements as the owner of everything. @returns the rows of the last */
  run(sql: string, database?: string): Promise<Record<string, unknown>[]>;
  /** As after a crash of the server: what was under way is lost, connections break off. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** @throws where it is neither there nor can be installed */
export async function startPostgres(): Promise<Postgres> {
  const programs = installPostgres();
  const folder = mkdtempSync(join(tmpdir(), "lz-pg-"));
  const password = "p@ss:w/rd %1";
  const account = accountOf();
  own(folder, account);
  initialise(programs, folder, password, account);
  let server = await launch(programs, folder, account);
  const encoded = encodeURIComponent(folder);
  const address = (user: string, database: string): string =>
    `postgres://${user}@${encoded}/${database}`;
  const openUrl = (database = "postgres"): string => address(USER, database);
  const url = (database = "postgres"): string =>
    address(`${USER}:${encodeURIComponent(password)}`, database);
  return {
    user: USER,
    password,
    url,
    openUrl,
    run: (sql, database) => run(url(database), sql),
    restart: async () => {
      await end(server, "SIGQUIT");
      server = await launch(programs, folder, account);
    },
    stop: async () => {
      await end(server, "SIGINT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @returns the folder of its programs, which are not on the path. */
export function installPostgres(): string {
  const known = findPrograms();
  if (known !== null) return known;
  try {
    execFileSync("apt-get", ["update"], { stdio: "pipe" });
    const flags = ["install", "-y", "--no-install-recommends"];
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    execFileSync("apt-get", [...flags, "postgresql"], { stdio: "pipe", env });
  } catch (error) {
    const said = String((error as { stderr?: Buffer }).stderr ?? error);
    throw new Error(`PostgreSQL is missing and can't be installed: ${said.slice(0, 300)}`);
  }
  const installed = findPrograms();
  if (installed === null) throw new Error(`PostgreSQL has no programs in ${VERSIONS}`);
  return installed;
}

function findPrograms(): string | null {
  if (!existsSync(VERSIONS)) return null;
  const folders = readdirSync(VERSIONS).map((version) => join(VERSIONS, version, "bin"));
  return folders.find((folder) => existsSync(join(folder, "initdb"))) ?? null;
}

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: the package brings a user for it. Null where we are nobody special. */
export function accountOf(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const idOf = (flag: string): number =>
    Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: idOf("-u"), gid: idOf("-g") };
}

function own(path: string, account: Account | null): void {
  if (account !== null) chownSync(path, account.uid, account.gid);
}

/** A new server's files: made once, and copied from then on, since to make them takes a second. */
function initialise(
  programs: string,
  folder: string,
  password: string,
  account: Account | null,
): void {
  const data = join(folder, "data");
  const template = join(
    tmpdir(),
    `lz-pg-template-${basename(dirname(programs))}-${String(process.getuid?.())}`,
  );
  if (existsSync(template)) {
    copyOwned(template, data);
    return;
  }
  make(programs, folder, password, account);
  const copy = `${folder}-template`;
  copyOwned(data, copy);
  try {
    renameSync(copy, template);
  } catch {
    // Another test file was first.
    rmSync(copy, { recursive: true, force: true });
  }
}

/** With owners and modes, which Node's own copying leaves behind. */
function copyOwned(from: string, to: string): void {
  execFileSync("cp", ["-a", from, to], { stdio: "pipe" });
}

function make(programs: string, folder: string, password: string, account: Account | null): void {
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, password);
  own(passwordFile, account);
  const flags = ["--encoding=UTF8", "--locale=C", "--auth=scram-sha-256", "--no-sync"];
  const user = [`--username=${USER}`, `--pwfile=${passwordFile}`];
  const args = ["-D", join(folder, "data"), ...flags, ...user];
  execFileSync(join(programs, "initdb"), args, { stdio: "pipe", cwd: folder, ...account });
}

async function launch(
  programs: string,
  folder: string,
  account: Account | null,
): Promise<ChildProcess> {
  const settings = [...SETTINGS, `unix_socket_directories=${folder}`];
  const args = ["-D", join(folder, "data"), ...settings.flatMap((setting) => ["-c", setting])];
  const server = spawn(join(programs, "postgres"), args, {
    ...{ cwd: folder, ...account },
    stdio: ["ignore", "ignore", "pipe"],
  });
  await ready(server);
  return server;
}

async function ready(server: ChildProcess): Promise<void> {
  let said = "";
  const timer = setTimeout(() => server.kill("SIGQUIT"), START_LIMIT_MS);
  const isReady = new Promise<void>((resolve) => {
    server.stderr?.on("data", (chunk: Buffer) => {
      said += String(chunk);
      if (said.includes("ready to accept connections")) resolve();
    });
  });
  const ended = once(server, "close").then(() => {
    throw new Error(`PostgreSQL ended before it was ready: ${said}`);
  });
  await Promise.race([isReady, ended]);
  ended.catch(() => undefined);
  clearTimeout(timer);
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const closed = once(server, "close");
  server.kill(signal);
  await closed;
}

async function run(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const answer = (await client.query(sql)) as unknown as { rows: [] } | { rows: [] }[];
    return Array.isArray(answer) ? (answer.at(-1)?.rows ?? []) : answer.rows;
  } finally {
    await client.end();
  }
}
