/**
 * A large table as agencies have them, from beginning to end: GB18030 with one bad row in a hundred, issued with
 * --skip-invalid, killed on the way and resumed, exported, its store checked and the ledger audited. Prints what
 * each step took; ends with exit code 70 where one of them is not as it should be.
 *
 *     node bench/acceptance.ts [--records N] [--json]
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openIssuingWorld } from "./issuing-world.ts";
import type { IssueResult, IssuingWorld } from "./issuing-world.ts";
import type { Measured } from "./measured-process.ts";
import { against, machineName, print, standsAlone } from "./report.ts";
import type { Row } from "./report.ts";
import { requireVerified } from "./retrieval.ts";

const LINE_FEED = 0x0a;
const POLL_MS = 20;
/** A store that has grown by so much for each record holds some of them, and lacks others. */
const HALFWAY_BYTES = 150;

const { records: count, json } = parseArgs({
  options: {
    records: { type: "string", default: "1000000" },
    json: { type: "boolean", default: false },
  },
}).values;
const records = Number(count);
const rows: Row[] = [];

const world = await openIssuingWorld();
try {
  await accept(world);
} finally {
  await world.close();
}
print({ machine: machineName(), rows }, json);

async function accept(world: IssuingWorld): Promise<void> {
  const home = await world.newHome();
  const table = join(world.folder, "records.csv");
  const errors = join(world.folder, "errors.csv");
  const bad = await timed("table written, GB18030", () => {
    return world.writeTable(table, records, ["--bad", "--encoding", "gb18030"]);
  });
  const issue = [...world.issueCommand(table), "--skip-invalid", "--errors", errors];
  await timed("issued until killed", () => killHalfway(world, home, issue));
  await requireBroken(world, home);
  const issued = await timed("resumed and issued", () => world.run(home, issue));
  const { job, batches } = requireIssued(issued, bad);
  requireEqual("lines of the error file", await linesOf(errors), bad + 1);
  const out = join(world.folder, "certificates.ndjson");
  await timed("exported", () => world.run(home, ["export", "--job", job, "--all", "--out", out]));
  requireEqual("lines of the export", await linesOf(out), records - bad);
  await timed("store checked", () => world.run(home, ["store", "check"]));
  await timed("audited", () => world.run(home, ["audit"]));
  await timed("one exported by its place, and verified", () => {
    return requireVerified(world, home, batches);
  });
}

/** By the clock; and by the processor, where it is a command that was run to its end. */
async function timed<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  process.stderr.write(`· ${name}\n`);
  const start = performance.now();
  const done = await work();
  const row = { name, value: (performance.now() - start) / 1000, unit: "seconds" };
  rows.push({ ...row, ...standsAlone, ...cpuOf(done) });
  return done;
}

function cpuOf(done: unknown): Pick<Row, "against"> | null {
  if (typeof done !== "object" || done === null || !("cpuSeconds" in done)) return null;
  return { against: against("seconds of CPU", Number(done.cpuSeconds)) };
}

/** @throws Error where it ends by itself before */
async function killHalfway(
  world: IssuingWorld,
  home: string,
  command: readonly string[],
): Promise<void> {
  const enough = (await bytesIn(home)) + records * HALFWAY_BYTES;
  const { args, env } = world.program(home, command);
  const child = spawn(process.execPath, args, { env, stdio: "ignore" });
  const ended = once(child, "close") as Promise<[number | null]>;
  try {
    while (child.exitCode === null && (await bytesIn(home)) < enough) await sleep(POLL_MS);
  } finally {
    child.kill("SIGKILL");
  }
  const [exitCode] = await ended;
  if (exitCode !== null) throw new Error(`it ended with ${String(exitCode)} before it was killed`);
}

async function bytesIn(folder: string): Promise<number> {
  const sizes = await Promise.all(
    (await readdir(folder)).map((name) => bytesOf(join(folder, name))),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** A database's journal may be gone by the time it is looked at. */
async function bytesOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    return 0;
  }
}

/** @throws Error unless there is one job, whose certificates do not count yet */
async function requireBroken(world: IssuingWorld, home: string): Promise<void> {
  const { output } = await world.run(home, ["jobs", "list"]);
  const { jobs } = JSON.parse(output) as { readonly jobs: readonly { readonly state: string }[] };
  requireEqual("jobs", jobs.map(({ state }) => state).join(), "reading");
}

function requireIssued({ output }: Measured, bad: number): IssueResult {
  const result = JSON.parse(output) as IssueResult;
  requireEqual("state", result.state, "done");
  requireEqual("certificates", result.certificates, records - bad);
  requireEqual("records skipped", result.skipped, bad);
  return result;
}

async function linesOf(file: string): Promise<number> {
  let lines = 0;
  for await (const chunk of createReadStream(file)) {
    for (const byte of chunk as Buffer) if (byte === LINE_FEED) lines++;
  }
  return lines;
}

function requireEqual<T extends string | number>(what: string, found: T, expected: T): void {
  if (found === expected) return;
  throw new Error(`${what}: ${String(found)}, not ${String(expected)}`);
}
