/**
 * Makes every single system call with which `lz issue` writes fail, one a run, and looks at what comes of the
 * job. As Tessera's fault test does: strace counts the calls and answers one of them in the kernel's place.
 */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { findWrong } from "./checks.ts";
import { environmentOf, nodeArguments, PROJECT } from "../support/command.ts";
import type { Home, Lane } from "./lane.ts";
import type { Scenario } from "./scenarios.ts";

/** What writes, or makes durable what was written, or moves or removes it. */
export const WRITING_CALLS = [
  ...["write", "pwrite64", "pwritev", "pwritev2", "writev", "fsync", "fdatasync", "ftruncate"],
  ...["rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "mkdir", "chmod"],
  ...["fchmod", "fallocate"],
];

/** An error that the kernel gives, or the end of the process in that call. */
export type CallFault = "EIO" | "ENOSPC" | "KILL";
export const CALL_FAULTS: readonly CallFault[] = ["EIO", "ENOSPC", "KILL"];

/** The n-th time, counted from 1, that one system call is made for one file. */
export interface CallSite {
  readonly call: string;
  /** Relative to LZ_HOME. */
  readonly file: string;
  readonly n: number;
}

export interface CallResult extends CallSite {
  readonly fault: CallFault;
  /** What the command ended in: "done", "killed" or the code of its problem. */
  readonly ending: string;
  readonly wrong: readonly string[];
}

/** A small job with all that is written in one: new and old store, several batches, invalid records. */
export const SMALL_JOB: Scenario = {
  seed: 0,
  records: 10,
  invalid: 1,
  batchSize: 4,
  isPadded: false,
  suite: "keccak256",
  confirmations: 0,
  batchesAtOnce: null,
  supersedes: false,
  mining: "at once",
};

/**
 * Makes random names of temporary files the same in all runs, since strace is told a file by its name. For
 * the same reason there is one thread for files: it counts the calls of each thread.
 */
const SAME_NAMES = `--import=data:text/javascript,${encodeURIComponent(`
  import crypto from "node:crypto";
  import { syncBuiltinESMExports } from "node:module";
  crypto.randomUUID = () => "same";
  syncBuiltinESMExports();
`)}`;

const run = promisify(execFile);
const TIME_LIMIT_MS = 150_000;

/** All calls of a job in which none fails. */
export async function findCalls(lane: Lane): Promise<readonly CallSite[]> {
  const home = await lane.begin(SMALL_JOB, "home-calls");
  const log = join(lane.folder, "calls.log");
  const ended = await issue(home, ["-y", "-o", log, "-e", `trace=${WRITING_CALLS.join(",")}`]);
  if (ended.job === "") throw new Error(`can't issue under strace: ${ended.words}`);
  const counts = new Map<string, number>();
  const sites = (await readFile(log, "utf8")).split("\n").flatMap((line): CallSite[] => {
    const [call, file] = callIn(line, home.folder);
    if (file === null) return [];
    const n = (counts.get(`${call} ${file}`) ?? 0) + 1;
    counts.set(`${call} ${file}`, n);
    return [{ call, file, n }];
  });
  await lane.end(home);
  return sites;
}

/** `1234 pwrite64(19</home/agency.sqlite-wal>, …` or `1234 unlink("/home/agency.sqlite-wal") = 0`. */
function callIn(line: string, home: string): readonly [string, string | null] {
  const [, call = "", path = ""] =
    /^\d+ +(\w+)\((?:AT_FDCWD\S* )?(?:\d+<|")([^>"]+)/.exec(line) ?? [];
  return [call, path.startsWith(`${home}/`) ? path.slice(home.length + 1) : null];
}

interface Ended {
  readonly isKilled: boolean;
  /** Empty unless the command did all that it was told. */
  readonly job: string;
  readonly words: string;
}

/** `lz issue`, under strace where it is told what to do. */
async function issue({ order, folder }: Home, strace: readonly string[] | null): Promise<Ended> {
  const args = ["--type", order.type, "--agency", order.agency, "--input", order.input];
  const more = ["--batch-size", String(order.batchSize), "--skip-invalid", "--json"];
  const node = nodeArguments("issue", [...args, ...more]);
  const env = environmentOf(folder, { UV_THREADPOOL_SIZE: "1", NODE_OPTIONS: SAME_NAMES });
  const command = [process.execPath, ...node];
  const traced = strace === null ? command : ["strace", "-f", "-qq", ...strace, ...command];
  const [program = "", ...rest] = traced;
  const options = { env, cwd: PROJECT, timeout: TIME_LIMIT_MS, killSignal: "SIGKILL" } as const;
  try {
    const { stdout } = await run(program, rest, options);
    return { isKilled: false, job: jobIn(stdout), words: "" };
  } catch (error) {
    const failed = error as Said & { signal: string; killed: boolean };
    const isKilled = failed.signal === "SIGKILL" && !failed.killed;
    return { isKilled, job: "", words: `${failed.stdout}${failed.stderr}` };
  }
}

interface Said {
  readonly stdout: string;
  readonly stderr: string;
}

function jobIn(output: string): string {
  return String((JSON.parse(output.trimEnd().split("\n").at(-1) ?? "{}") as { job?: unknown }).job);
}

/** Runs the job with that one call failing, then the same command again, and looks at all that came of it. */
export async function failOnce(lane: Lane, site: CallSite, fault: CallFault): Promise<CallResult> {
  const home = await lane.begin(SMALL_JOB, "home-calls");
  const log = join(lane.folder, "fault.log");
  const ended = await issue(home, ["-o", log, ...injection(home, site, fault)]);
  const wrong = [...(await wrongInjection(log, fault)), ...wrongEnding(ended, fault)];
  wrong.push(...(await recover(lane, home)));
  await lane.end(home);
  return { ...site, fault, ending: endingOf(ended), wrong };
}

function injection({ folder }: Home, { call, file, n }: CallSite, fault: CallFault): string[] {
  const what = fault === "KILL" ? "signal=KILL" : `error=${fault}`;
  const path = join(folder, file);
  return ["-P", path, "-e", `trace=${call}`, "-e", `inject=${call}:${what}:when=${String(n)}`];
}

/** The fault took place, and once. */
async function wrongInjection(log: string, fault: CallFault): Promise<string[]> {
  const lines = (await readFile(log, "utf8")).split("\n");
  const count = fault === "KILL" ? 1 : lines.filter((line) => line.includes("(INJECTED)")).length;
  return count === 1 ? [] : [`the fault came ${String(count)} times`];
}

/** A command ends in a problem that has a name and a remedy. */
function wrongEnding(ended: Ended, fault: CallFault): string[] {
  const ending = endingOf(ended);
  if (fault === "KILL") return ending === "killed" ? [] : [`ended in ${ending}, not killed`];
  const isNamed = ending === "done" || /^[A-Z_]+$/.test(ending);
  return isNamed && ending !== "INTERNAL" ? [] : [`ended in ${ended.words}`];
}

function endingOf({ isKilled, job, words }: Ended): string {
  if (isKilled) return "killed";
  return job === "" ? (/"code":"([A-Z_]+)"/.exec(words)?.[1] ?? "?") : "done";
}

async function recover(lane: Lane, home: Home): Promise<readonly string[]> {
  const ended = await issue(home, null);
  if (ended.job === "") return [`does not end: ${ended.words}`];
  return findWrong(lane.world, home.order, { ...home.expected, job: ended.job });
}
