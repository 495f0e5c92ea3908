/** Runs the project's own commands as a user would: each in a process of its own, its JSON read back. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { getCompileCacheDir } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { Problem } from "../../core/problem.ts";

const SCRIPTS = join(import.meta.dirname, "..", "..", "..", "scripts");
const START_TIMEOUT_MS = 30_000;
const END_TIMEOUT_MS = 10_000;

export interface Finished {
  readonly exitCode: number;
  /** The last line of JSON; undefined where there was none. */
  readonly json: unknown;
  readonly errors: string;
}

export interface Service {
  /** The line of JSON it began with. */
  readonly json: unknown;
  /** Stops it in its tracks, as a machine that hangs; `resume` lets it go on. */
  suspend(): void;
  resume(): void;
}

export interface Stage {
  /** Runs `./lz NAME ARGUMENTS --json` to its end. */
  run(name: string, args: readonly string[]): Promise<Finished>;
  /** Starts `./lz NAME ARGUMENTS --json` and waits for its first line. */
  start(name: string, args: readonly string[]): Promise<Service>;
  /** Ends whatever still runs, the last first; nothing can be started any more. */
  close(): Promise<void>;
}

/** @param home the LZ_HOME of all commands */
export function createStage(home: string): Stage {
  const running: ChildProcess[] = [];
  let isClosed = false;
  const launch = (name: string, args: readonly string[]): ChildProcess => {
    if (isClosed) throw new Problem("INTERNAL", "the stage is closed");
    const script = join(SCRIPTS, `${name}.ts`);
    const child = spawn(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", script, ...args, "--json"],
      { env: environmentOf(home), stdio: ["ignore", "pipe", "pipe"] },
    );
    running.push(child);
    return child;
  };
  return {
    run: async (name, args) => finish(launch(name, args)),
    start: async (name, args) => begin(name, launch(name, args)),
    close: async () => {
      isClosed = true;
      for (const child of running.reverse()) await end(child);
    },
  };
}

/** Nothing of the caller's, but for the cache of compiled code where there is one. */
function environmentOf(home: string): Record<string, string> {
  const cache = getCompileCacheDir();
  return {
    LZ_HOME: home,
    PATH: "",
    ...(cache !== undefined && { NODE_COMPILE_CACHE: dirname(cache) }),
  };
}

async function finish(child: ChildProcess): Promise<Finished> {
  const exited = exitOf(child);
  const [output, errors] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
  return { exitCode: await exited, json: lastJson(output), errors };
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      resolve(code ?? 70);
    });
  });
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = "";
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}

function lastJson(output: string): unknown {
  const line = output.trimEnd().split("\n").at(-1) ?? "";
  return line.startsWith("{") || line.startsWith("[") ? JSON.parse(line) : undefined;
}

async function begin(name: string, child: ChildProcess): Promise<Service> {
  child.stderr?.resume();
  const first = await firstLine(name, child);
  return {
    json: JSON.parse(first) as unknown,
    suspend: () => {
      child.kill("SIGSTOP");
    },
    resume: () => {
      child.kill("SIGCONT");
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = exitOf(child);
  child.kill("SIGCONT");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), END_TIMEOUT_MS);
  await exited;
  clearTimeout(timer);
}

async function firstLine(name: string, child: ChildProcess): Promise<string> {
  const timer = setTimeout(() => child.kill(), START_TIMEOUT_MS);
  try {
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    for await (const line of lines) return line;
    throw new Problem("INTERNAL", `lz ${name} did not start`);
  } finally {
    clearTimeout(timer);
    child.stdout?.resume();
  }
}
