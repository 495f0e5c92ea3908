/** Runs commands as a user would: each in a process of its own, seen through its output and exit code. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const PROJECT = join(import.meta.dirname, "..", "..");
const SCRIPTS = join(PROJECT, "scripts");
/** Halves the start of each command; what is in it makes no difference to what they do. */
export const COMPILE_CACHE = join(tmpdir(), "lz-test-compile-cache");
const TIME_LIMIT_MS = 120_000;
/** A frame of a JavaScript stack, which no user should ever see. */
const STACK_FRAME = /^\s+at .+:\d+:\d+\)?$/m;

export interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The last line of the output where it is JSON. */
  readonly json: any;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly timeLimitMs?: number;
  /** What it reads on standard input; nothing by default. */
  readonly input?: string;
}

/** The node arguments of `./lz NAME`. */
export function nodeArguments(name: string, args: readonly string[]): string[] {
  return ["--disable-warning=ExperimentalWarning", join(SCRIPTS, `${name}.ts`), ...args];
}

/** What a command sees of the environment: nothing of the tests' own. */
export function environmentOf(
  home: string,
  env: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const path = process.env["PATH"] ?? "";
  return {
    ...{ PATH: path, TMPDIR: tmpdir(), LZ_HOME: home, NODE_COMPILE_CACHE: COMPILE_CACHE },
    ...env,
  };
}

/** Runs `./lz ARGS` to its end. @throws where it takes too long, or shows a stack trace. */
export async function runCommand(
  home: string,
  args: readonly string[],
  { env = {}, timeLimitMs = TIME_LIMIT_MS, input }: RunOptions = {},
): Promise<Ran> {
  const child = launch(home, args, env, input === undefined ? "ignore" : "pipe");
  child.stdin?.end(input);
  const timer = setTimeout(() => child.kill("SIGKILL"), timeLimitMs);
  const ran = await finish(child, args);
  clearTimeout(timer);
  if (ran.exitCode === null) throw new Error(`lz ${args.join(" ")} took too long: ${ran.stderr}`);
  return ran;
}

const TOGETHER = join(import.meta.dirname, "together-process.ts");

/** Runs commands that only say something, one after the other in one process. @throws as {@link runCommand} */
export async function runTogether(
  home: string,
  commands: readonly (readonly string[])[],
): Promise<Ran[]> {
  const args = ["--disable-warning=ExperimentalWarning", TOGETHER];
  const child = spawn(process.execPath, args, { cwd: PROJECT, env: environmentOf(home) });
  child.stdin.end(JSON.stringify(commands));
  const { json, stderr } = await finish(child, ["together"]);
  if (!Array.isArray(json)) throw new Error(`commands in one process: ${stderr}`);
  return (json as Omit<Ran, "json">[]).map((said) => ({ ...said, json: lastJson(said.stdout) }));
}

/** A command that runs until it is told to end. */
export interface Background {
  /** How it ended, whether it was told to or not. */
  readonly ended: Promise<Ran>;
  /** Ends it, as Ctrl-C or an operator would, and tells how it ended. */
  stop(signal?: NodeJS.Signals): Promise<Ran>;
  readonly pid: number | undefined;
  /** Tells it something, and waits for nothing. */
  signal(signal: NodeJS.Signals): void;
  /** Stops it in its tracks, as a machine that hangs. */
  suspend(): void;
  resume(): void;
}

export interface Running extends Background {
  /** The line of JSON that it began with. */
  readonly json: any;
}

/** Starts `./lz ARGS` and waits for nothing. */
export function beginCommand(
  home: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Background {
  const child = launch(home, args, env);
  return control(child, finish(child, args));
}

/** Starts `./lz ARGS` and waits for its first line of output, which must be JSON. */
export async function startCommand(home: string, args: readonly string[]): Promise<Running> {
  const child = launch(home, args, {});
  const finished = finish(child, args);
  const first = await Promise.race([firstLine(child), finished.then(describe)]);
  return { json: JSON.parse(first) as unknown, ...control(child, finished) };
}

function control(child: ChildProcess, finished: Promise<Ran>): Background {
  return {
    ended: finished,
    pid: child.pid,
    signal: (signal) => child.kill(signal),
    suspend: () => child.kill("SIGSTOP"),
    resume: () => child.kill("SIGCONT"),
    stop: async (signal = "SIGINT") => {
      child.kill("SIGCONT");
      child.kill(signal);
      const timer = setTimeout(() => child.kill("SIGKILL"), TIME_LIMIT_MS);
      const ran = await finished;
      clearTimeout(timer);
      return ran;
    },
  };
}

function launch(
  home: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  stdin: "ignore" | "pipe" = "ignore",
): ChildProcess {
  const [name = "", ...rest] = args;
  return spawn(process.execPath, nodeArguments(name, rest), {
    cwd: PROJECT,
    env: environmentOf(home, env),
    stdio: [stdin, "pipe", "pipe"],
  });
}

async function finish(child: ChildProcess, args: readonly string[]): Promise<Ran> {
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const [exitCode] = (await once(child, "close")) as [number | null];
  if (STACK_FRAME.test(stdout + stderr)) {
    throw new Error(`lz ${args.join(" ")} shows a stack trace:\n${stdout}${stderr}`);
  }
  return { exitCode, stdout, stderr, json: lastJson(stdout) };
}

function lastJson(output: string): unknown {
  const line = output.trimEnd().split("\n").at(-1) ?? "";
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = "";
  return new Promise((resolve) => {
    child.stdout?.on("data", (chunk: string) => {
      text += chunk;
      const end = text.indexOf("\n");
      if (end >= 0) resolve(text.slice(0, end));
    });
  });
}

function describe({ exitCode, stdout, stderr }: Ran): never {
  throw new Error(`ended with ${String(exitCode)} before it began: ${stdout}${stderr}`);
}

/** Waits for a condition, not for a time. */
export async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + TIME_LIMIT_MS;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
