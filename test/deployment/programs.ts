/** Programs that run beside each other, with the end of what each of them said for when one fails. */
import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";

const KEPT_CHARACTERS = 4_000;

export interface Program {
  readonly name: string;
  readonly child: ChildProcess;
  /** The end of what it said on both streams. */
  said(): string;
  end(signal: NodeJS.Signals): Promise<void>;
}

export interface ProgramOrder {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly account?: { readonly uid: number; readonly gid: number } | null;
}

export function startProgram({ name, command, env, folder, account }: ProgramOrder): Program {
  const [program = "", ...args] = command;
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
    ...(folder !== undefined && { cwd: folder }),
    ...account,
  });
  let said = "";
  const keep = (chunk: string): void => {
    said = (said + chunk).slice(-KEPT_CHARACTERS);
  };
  child.stdout.setEncoding("utf8").on("data", keep);
  child.stderr.setEncoding("utf8").on("data", keep);
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    name,
    child,
    said: () => said,
    end: async (signal) => {
      if (isOver()) return;
      const ended = once(child, "exit");
      child.kill(signal);
      await ended;
    },
  };
}

/** Waits for what is so, not for a time; where the program ends before, says what it said. */
export async function untilSo(
  what: string,
  isSo: () => Promise<boolean>,
  program?: Program,
  seconds = 60,
): Promise<void> {
  const limit = Date.now() + seconds * 1_000;
  while (
    !(await Promise.resolve()
      .then(isSo)
      .catch(() => false))
  ) {
    const isOver = program !== undefined && program.child.exitCode !== null;
    if (isOver || Date.now() > limit) {
      throw new Error(`${what}: in vain. ${program?.name ?? ""} ${program?.said() ?? ""}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Debian's nginx, installed where it is missing. @throws where it can't be */
export function installNginx(): string {
  const program = "/usr/sbin/nginx";
  if (existsSync(program)) return program;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  execFileSync("apt-get", ["update"], { stdio: "pipe" });
  const flags = ["install", "-y", "--no-install-recommends", "nginx-light"];
  execFileSync("apt-get", flags, { stdio: "pipe", env });
  return program;
}
