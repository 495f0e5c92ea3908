/** One step of a test run: a tool started as it is, its output shown, its checks counted. */
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { openMemoryFolder } from "./memory-folder.ts";

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const NO_COUNTS: Counts = { passed: 0, failed: 0, skipped: 0 };

export interface Step {
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
  /** What it finds in its environment beside what is there. */
  readonly env?: Readonly<Record<string, string>>;
  before?(): void;
  /** When it ended well. */
  after?(): void;
  /** When it did not: what the tool did not say itself, to be read from what it left. */
  explain?(output: string): string;
  /** Reads the counts from what the tool printed or left; a step without it is one check. */
  count?(output: string): Counts;
  /** The step fails when its output matches. */
  readonly forbidden?: RegExp;
  /** Whether its temporary files may lie in memory: they say nothing of disks. */
  readonly isInMemory?: true;
}

/** How a tool's output is shown: as it is, or with its part before each line where another runs beside it. */
export type Showing = "plain" | "named";

/** A tool that fails without saying how many checks failed counts as one. */
export async function runStep(
  part: string,
  step: Step,
  cwd: string,
  showing: Showing,
): Promise<Counts> {
  process.stdout.write(`\n── ${part}: ${step.title}\n`);
  step.before?.();
  const startedAt = Date.now();
  const { exitCode, output } = await run(step, cwd, showing === "named" ? `${part} | ` : "");
  const isForbidden = step.forbidden?.test(output) === true;
  const isGood = exitCode === 0 && !isForbidden;
  if (isGood) step.after?.();
  else process.stdout.write(step.explain?.(output) ?? "");
  const counts = countsOf(step, output, isGood);
  const reason = isForbidden ? "its output holds a warning" : `exit code ${String(exitCode)}`;
  const ending = counts.failed === 0 ? "✓" : `✗ ${reason}`;
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`── ${part}: ${step.title} ${ending} ${seconds} s\n`);
  return counts;
}

function countsOf(step: Step, output: string, isGood: boolean): Counts {
  if (step.count === undefined) return { ...NO_COUNTS, [isGood ? "passed" : "failed"]: 1 };
  const counts = countOrNothing(step.count, output);
  return isGood ? counts : { ...counts, failed: Math.max(1, counts.failed) };
}

/** A tool that failed may not have left what is counted. */
function countOrNothing(count: (output: string) => Counts, output: string): Counts {
  try {
    return count(output);
  } catch {
    return NO_COUNTS;
  }
}

interface Ended {
  readonly exitCode: number;
  readonly output: string;
}

let memoryFolder: string | null | undefined;

/** One for all steps of a run. */
function inMemory(): NodeJS.ProcessEnv {
  if (memoryFolder === undefined) memoryFolder = openMemoryFolder();
  return memoryFolder === null ? {} : { TMPDIR: memoryFolder };
}

/** LZ_VECTORS is meant from where the user stands, and tools run in the project's folder. */
function environmentOf({ isInMemory, env = {} }: Step): NodeJS.ProcessEnv {
  const { LZ_VECTORS: vectors, ...inherited } = process.env;
  return {
    ...inherited,
    ...env,
    ...(isInMemory === true && inMemory()),
    HARDHAT_DISABLE_TELEMETRY_PROMPT: "true",
    FORCE_COLOR: "0",
    ...(vectors !== undefined && { LZ_VECTORS: resolve(vectors) }),
  };
}

function run(step: Step, cwd: string, prefix: string): Promise<Ended> {
  const { command, args } = step;
  const env = environmentOf(step);
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const show = (from: Readable, to: NodeJS.WriteStream): void => {
    createInterface({ input: from, crlfDelay: Infinity }).on("line", (line) => {
      output += `${line}\n`;
      to.write(`${prefix}${line}\n`);
    });
  };
  show(child.stdout, process.stdout);
  show(child.stderr, process.stderr);
  return new Promise((done, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      done({ exitCode: code ?? 1, output });
    });
  });
}
