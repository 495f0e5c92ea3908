import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { postgresSource } from "../../../src/adapters/sources/postgres-source.ts";
import { isPostgresUrl } from "../../../src/adapters/store/postgres-connection.ts";
import { Problem } from "../../../src/core/problem.ts";
import type { RecordSource, SourceRecord } from "../../../src/ports/record-source.ts";
import type { Postgres } from "../../support/postgres.ts";
import { startPostgres } from "../../support/postgres.ts";
import { recordsOf } from "../../support/records-of.ts";

let postgres: Postgres;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-pg-test-"));
  postgres = await startPostgres();
  await postgres.run(`
    CREATE TABLE person (id serial PRIMARY KEY, name text, born date, issued timestamp, passed boolean,
      points numeric, tags text[]);
    INSERT INTO person (name, born, issued, passed, points, tags) VALUES
      ('张样例', '1990-07-05', '2026-01-31 08:30:00', true, 12.50, '{甲,乙}'),
      ('王"样", 例' || chr(10) || '二行', NULL, NULL, false, 110101199001011234, NULL),
      (NULL, '0044-03-15 BC', 'infinity', NULL, NULL, '{}');
    CREATE TABLE many AS SELECT i, '样例' || i AS name FROM generate_series(1, 25000) AS i;
    CREATE ROLE reader LOGIN PASSWORD 'reader'; GRANT SELECT ON person TO reader`);
});
afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true });
});

const kept: RecordSource[] = [];
afterEach(async () => {
  await Promise.all(kept.splice(0).map((source) => source.close()));
});

async function open(
  query: string,
  url = postgres.url(),
  password: string | null = null,
): Promise<RecordSource> {
  const source = await postgresSource({ url, query, password });
  kept.push(source);
  return source;
}

async function read(query: string, url?: string): Promise<SourceRecord[]> {
  return recordsOf(await open(query, url));
}

/** The problem that it ends in. */
async function problemOf(query: string, url?: string): Promise<Problem> {
  const problem: unknown = await open(query, url).catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(Problem);
  return problem as Problem;
}

describe("the answer of a query", () => {
  it("is a table of texts as the database writes them, with its rows numbered", async () => {
    const source = await open(
      "SELECT name, born, issued, passed, points, tags FROM person ORDER BY id",
    );
    expect(source.columns).toEqual(["name", "born", "issued", "passed", "points", "tags"]);
    expect(await recordsOf(source)).toEqual([
      {
        line: 1,
        cells: ["张样例", "1990-07-05", "2026-01-31 08:30:00", "true", "12.50", "{甲,乙}"],
      },
      { line: 2, cells: ['王"样", 例\n二行', "", "", "false", "110101199001011234", ""] },
      { line: 3, cells: ["", "0044-03-15 BC", "infinity", "", "", "{}"] },
    ]);
  });

  it("may be longer than is fetched at a time, can be read twice, and has a digest of its own", async () => {
    const source = await open("SELECT i, name FROM many ORDER BY i");
    const records = await recordsOf(source);
    expect(records).toHaveLength(25_000);
    expect(records.at(-1)).toEqual({ line: 25_000, cells: ["25000", "样例25000"] });
    expect(await recordsOf(source)).toEqual(records);
    const [again, other] = [
      await open("SELECT i, name FROM many ORDER BY i"),
      await open("SELECT i, name FROM many ORDER BY i DESC"),
    ];
    expect(again.digest).toBe(source.digest);
    expect(other.digest).not.toBe(source.digest);
  });

  it("does not change with the table once it was opened", async () => {
    const source = await open("SELECT i FROM many ORDER BY i LIMIT 3");
    await postgres.run("UPDATE many SET i = -i WHERE i = 2");
    expect((await recordsOf(source)).map(({ cells }) => cells[0])).toEqual(["1", "2", "3"]);
    await postgres.run("UPDATE many SET i = -i WHERE i = -2");
  });

  it("is SOURCE_EMPTY where the statement gives no table, and has no records where it gives no rows", async () => {
    expect((await problemOf("SET work_mem = '4MB'")).code).toBe("SOURCE_EMPTY");
    expect(await read("SELECT name FROM person WHERE false")).toEqual([]);
  });
});

describe("a query that is refused", () => {
  it.each([
    ["is no SQL", "SELEC name", "syntax error", /at character 1$/],
    [
      "names a table that is not there",
      "SELECT name FROM nobody",
      'relation "nobody" does not exist',
      /character 18$/,
    ],
    [
      "writes",
      "DELETE FROM person RETURNING name",
      "cannot execute DELETE in a read-only transaction",
      /transaction$/,
    ],
    ["is two", "SELECT 1; DELETE FROM person", "cannot insert multiple commands", /statement$/],
    [
      "fails in the middle of its rows",
      "SELECT 1 / (20000 - i) FROM many",
      "division by zero",
      /zero$/,
    ],
  ])(
    "since it %s: SOURCE_QUERY with the database's own words",
    async (_what, query, words, end) => {
      const problem = await problemOf(query);
      expect(problem.code).toBe("SOURCE_QUERY");
      expect(problem.detail).toContain(words);
      expect(problem.detail).toMatch(end);
      expect(await read("SELECT count(*) FROM person")).toEqual([{ line: 1, cells: ["3"] }]);
    },
  );

  it("gives rows that are no records: SOURCE_MALFORMED", async () => {
    const long = await problemOf("SELECT repeat('x', 1000001)");
    expect(long).toMatchObject({
      code: "SOURCE_MALFORMED",
      detail: expect.stringContaining("longer than any record"),
    });
    const columns = Array.from({ length: 1_001 }, (_, i) => `1 AS c${String(i)}`).join(", ");
    expect(await problemOf(`SELECT ${columns}`)).toMatchObject({ code: "SOURCE_MALFORMED" });
  });
});

describe("a database that can't be reached", () => {
  it("is SOURCE_UNREACHABLE where nobody listens, or who listens hangs up", async () => {
    const nobody = await problemOf("SELECT 1", `postgres://lz@${encodeURIComponent(folder)}/x`);
    expect(nobody.code).toBe("SOURCE_UNREACHABLE");
    const server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const url = `postgres://lz:secret@127.0.0.1:${String(port)}/x`;
    const problem = await problemOf("SELECT 1", url);
    expect(problem.code).toBe("SOURCE_UNREACHABLE");
    expect(problem.detail).toContain(`postgres://lz@127.0.0.1:${String(port)}/x`);
    server.close();
  });

  it("is SOURCE_UNREACHABLE where the database, the user or the password is wrong", async () => {
    expect((await problemOf("SELECT 1", postgres.url("nowhere"))).code).toBe("SOURCE_UNREACHABLE");
    const wrong = postgres.openUrl().replace("lz@", "reader:wrong@");
    expect((await problemOf("SELECT 1", wrong)).code).toBe("SOURCE_UNREACHABLE");
  });

  it("is SOURCE_UNREACHABLE where it is restarted in the middle of the answer, and answers again after", async () => {
    const slow = problemOf("SELECT pg_sleep(0.01), i FROM many");
    await new Promise((resolve) => setTimeout(resolve, 500));
    await postgres.restart();
    expect((await slow).code).toBe("SOURCE_UNREACHABLE");
    expect(await read("SELECT count(*) FROM person")).toEqual([{ line: 1, cells: ["3"] }]);
  });

  it.each(["postgres://", "postgres://[", "postgresql://a b:99999999/x"])(
    "is a wrong address: %s",
    async (url) => {
      const { code } = await problemOf("SELECT 1", url);
      expect(["USAGE", "SOURCE_UNREACHABLE"]).toContain(code);
    },
  );
});

describe("the password", () => {
  const environment = { ...process.env };
  afterEach(() => {
    process.env = { ...environment };
  });

  it("is in no name and no message, wherever it was given", async () => {
    const source = await open("SELECT 1 AS a");
    expect(source.name).toMatch(/^postgres:\/\/lz@.*\/postgres$/);
    const asOption = `${postgres.openUrl()}?password=${encodeURIComponent(postgres.password)}`;
    expect((await open("SELECT 1 AS a", asOption)).name).toBe(source.name);
    for (const query of ["SELEC", "SELECT 1 / 0"]) {
      const problem = await problemOf(query);
      expect(JSON.stringify([problem.detail, problem.message])).not.toContain("p@ss");
      expect(problem.detail).not.toContain(encodeURIComponent(postgres.password));
    }
  });

  it("may come from elsewhere, but what the address says is used first", async () => {
    const source = await open("SELECT 1 AS a", postgres.openUrl(), postgres.password);
    expect(await recordsOf(source)).toHaveLength(1);
    const over = await open("SELECT 1 AS a", postgres.url(), "wrong");
    expect(await recordsOf(over)).toHaveLength(1);
  });

  it("may come from a file for it", async () => {
    const file = join(folder, "pgpass");
    await writeFile(file, `*:*:*:${postgres.user}:${postgres.password.replaceAll(":", "\\:")}\n`);
    await chmod(file, 0o600);
    process.env["PGPASSFILE"] = file;
    expect(await read("SELECT 1 AS a", postgres.openUrl())).toHaveLength(1);
  });

  it("is asked for in words where there is none", async () => {
    process.env["PGPASSFILE"] = join(folder, "none");
    const problem = await problemOf("SELECT 1", postgres.openUrl());
    expect(problem.code).toBe("SOURCE_UNREACHABLE");
    expect(problem.detail).toContain("a password is asked for, and there is none");
    expect(problem.words.remedy.en).toContain("password");
  });
});

describe("a source that is a database", () => {
  it("is known by its address", () => {
    expect(["postgres://x", "postgresql://x"].map(isPostgresUrl)).toEqual([true, true]);
    expect(["records.csv", "-", "http://x", "./postgres://x"].some(isPostgresUrl)).toBe(false);
  });
});
