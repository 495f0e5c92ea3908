/** Runs a program in a process of its own, and tells what that process has used. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Readable } from "node:stream";
import { pathToFileURL } from "node:url";

export interface Usage {
  /** Of all threads. */
  readonly cpuSeconds: number;
  /** Of the main thread. */
  readonly mainSeconds: number;
  /** Of resident memory. */
  readonly peakMegabytes: number;
}

export interface Measured extends Usage {
  /** By the clock, from start to end. */
  readonly seconds: number;
  readonly output: string;
}

export interface Program {
  /** A file and its arguments. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** More options of node. */
  readonly nodeOptions?: readonly string[];
}

/** Two cores, as the targets have it. */
export const CORES = 2;
const USAGE_REPORT = pathToFileURL(join(import.meta.dirname, "usage-report.ts")).href;

/** @param folder for a file of its own. @throws Error where the program fails, with what it said */
export async function measured(folder: string, program: Program): Promise<Measured> {
  const file = join(folder, "usage.json");
  const options = ["--disable-warning=ExperimentalWarning", "--import", USAGE_REPORT];
  const report = await open(file, "w");
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [...options, ...(program.nodeOptions ?? []), ...program.args],
    // The last is where usage-report.ts writes to.
    { stdio: ["ignore", "pipe", "pipe", report.fd], env: { ...program.env } },
  );
  const exited = once(child, "close") as Promise<[number | null]>;
  const [output, errors] = await Promise.all([said(child.stdout), said(child.stderr)]);
  const [exitCode] = await exited;
  const seconds = (performance.now() - start) / 1000;
  await report.close();
  if (exitCode !== 0) throw new Error(`${program.args.join(" ")} failed: ${output}${errors}`);
  return { ...(JSON.parse(await readFile(file, "utf8")) as Usage), seconds, output };
}

/** What it would take on two cores of its own: as long as its main thread, or all threads shared out. */
export function secondsAlone({ cpuSeconds, mainSeconds }: Usage): number {
  return Math.max(mainSeconds, cpuSeconds / CORES);
}

async function said(stream: Readable | null): Promise<string> {
  return stream === null ? "" : text(stream);
}
