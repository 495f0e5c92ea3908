/** The stories of docs/stories, played command by command: what they show is what comes out. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { PROJECT, environmentOf } from "../support/command.ts";
import { freePorts } from "../support/free-ports.ts";
import { Cast, scenesOf } from "../support/transcript.ts";
import type { Scene } from "../support/transcript.ts";

const STORIES = join(PROJECT, "docs", "stories");
/** Where the chain listens, as a flag and in addresses: other digits may be those of a hash. */
const CHAIN_PORT = /(?<=--port |127\.0\.0\.1:)8545\b/g;
const folders: string[] = [];
const services: ChildProcess[] = [];

afterAll(() => {
  for (const service of services) service.kill();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder with the files that the stories bring along. */
function startingFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "lz-story-"));
  folders.push(folder);
  for (const file of readdirSync(STORIES).filter((name) => name.endsWith(".csv"))) {
    copyFileSync(join(STORIES, file), join(folder, file));
  }
  return folder;
}

/** ./lz, without what it looks after: Node, packages and contracts are there. */
function shell(folder: string, command: string): ChildProcess {
  const script = `${process.execPath} --disable-warning=ExperimentalWarning ${PROJECT}/scripts/$1.ts`;
  const line = command.replaceAll(/\.\/lz ([a-z-]+)/g, (_all, name: string) => {
    return script.replace("$1", name);
  });
  const { LZ_HOME: _home, ...env } = environmentOf(join(folder, ".liangzheng"));
  return spawn("sh", ["-c", `exec 2>&1; ${line}`], { cwd: folder, env });
}

interface Played {
  readonly exitCode: number | null;
  readonly output: readonly string[];
}

async function play(folder: string, command: string): Promise<Played> {
  const child = shell(folder, command);
  let output = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (output += text));
  const exitCode = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { exitCode, output: linesOf(output) };
}

/** A command that stays: it is there once it has said its address. */
async function start(folder: string, command: string): Promise<Played> {
  const child = shell(folder, `exec ${command}`);
  services.push(child);
  let output = "";
  await new Promise<void>((resolve, reject) => {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (/http:.*\n.*\n/.test(output)) resolve();
    });
    child.once("close", () => reject(new Error(`${command} ended: ${output}`)));
  });
  return { exitCode: 0, output: linesOf(output) };
}

function linesOf(output: string): string[] {
  return output.trimEnd() === "" ? [] : output.trimEnd().split("\n");
}

/** Nobody types two commands in one second: what they record must not seem to happen at once. */
function nextSecond(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1_000 - (Date.now() % 1_000) + 20));
}

interface Cell {
  readonly at: string;
  readonly asKnownAt: string;
  readonly verdict: string;
}

/** The table with a time to ask about in each row and a time of knowledge in each column. */
function cellsOf(markdown: string): Cell[] {
  const lines = markdown.split("\n").filter((line) => line.startsWith("| "));
  const [header = [], , ...rows] = lines.map((line) => line.split("|").slice(1, -1));
  const known = header.slice(1).map(timeIn);
  return rows.flatMap(([about = "", ...verdicts]) => {
    return verdicts.map((verdict, i) => {
      return { at: timeIn(about), asKnownAt: known[i] ?? "", verdict: verdict.trim() };
    });
  });
}

function timeIn(text: string): string {
  return /`(\d[^`]*Z)`/.exec(text)?.[1] ?? "";
}

interface Answer {
  readonly verdict: string;
  readonly checks: readonly { readonly result: string; readonly code?: string }[];
}

function verdictOf({ verdict, checks }: Answer): string {
  return checks.find(({ result }) => result === "fail")?.code ?? verdict;
}

describe("the story of one licence", () => {
  const markdown = readFileSync(join(STORIES, "one-licence.md"), "utf8");
  const cast = new Cast();
  const folder = startingFolder();

  it("shows commands and outputs as they are, one after another", async () => {
    const [port = 0] = await freePorts(1);
    const scenes = scenesOf(markdown);
    expect(scenes.length).toBeGreaterThan(20);
    for (const scene of scenes) {
      const said = await perform(scene, port);
      const difference = cast.differenceFrom(scene.output, said.output);
      const { command, exitCode } = scene;
      expect({ command, difference, exitCode: said.exitCode }).toEqual({
        command,
        difference: null,
        exitCode,
      });
    }
  }, 300_000);

  it("says in its table of two times what the verifier says, cell by cell", async () => {
    const cells = cellsOf(markdown);
    expect(cells.length).toBe(20);
    const wrong = [];
    for (const { at, asKnownAt, verdict } of cells) {
      const times = `--at ${cast.play(at)} --as-known-at ${cast.play(asKnownAt)}`;
      const asked = `./lz verify licence.lzc.json --region 330100 ${times} --json`;
      const { output } = await play(folder, asked);
      const said = verdictOf(JSON.parse(output.at(-1) ?? "null") as Answer);
      if (said !== verdict) wrong.push({ at, asKnownAt, verdict, said });
    }
    expect(wrong).toEqual([]);
  });

  async function perform({ command }: Scene, port: number): Promise<Played> {
    await nextSecond();
    const line = cast.play(command).replaceAll(CHAIN_PORT, String(port));
    const run = /^\.\/lz (?:chain|serve)\b/.test(command) ? start : play;
    const { exitCode, output } = await run(folder, line);
    const address = `127.0.0.1:${String(port)}`;
    return { exitCode, output: output.map((each) => each.replaceAll(address, "127.0.0.1:8545")) };
  }
});
