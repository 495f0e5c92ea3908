import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { Problem } from "../../core/problem.ts";
import { makeFolder } from "../../main/files.ts";
import { Story } from "./story.ts";
import { createOutput } from "../terminal/output.ts";
import { untilInterrupted } from "../terminal/until-interrupted.ts";

export function demoCommand(): Command {
  return new Command("demo")
    .description("Tell the whole story on this machine with real parts\n一分钟演示")
    .option("--dir <folder>", "where to leave the files (default: a new temporary folder)")
    .option("--keep", "leave chain, verifier and pages running until Ctrl-C, to go on by yourself")
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", "\nExample:\n  ./lz demo --dir story --keep")
    .action(demo);
}

interface DemoOptions {
  readonly dir?: string;
  readonly keep?: true;
  readonly json?: true;
}

async function demo(options: DemoOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const folder = await chooseFolder(options.dir);
  const story = new Story(output, folder, { goesOn: options.keep === true });
  const interrupted = untilInterrupted();
  try {
    const isTold = await Promise.race([story.tell().then(() => true), interrupted]);
    if (isTold !== true) {
      process.exitCode = INTERRUPTED;
      return;
    }
    if (options.keep === true) {
      output.say("\n链和核验服务仍在运行，按 Ctrl-C 结束 Both keep running until Ctrl-C.");
    }
    output.result(story.handles());
    if (options.keep === true) await interrupted;
  } finally {
    await story.end();
  }
}

/** What a shell gives a command that Ctrl-C ended before its work was done. */
const INTERRUPTED = 130;

async function chooseFolder(dir: string | undefined): Promise<string> {
  if (dir === undefined) return mkdtemp(join(tmpdir(), "liangzheng-demo-"));
  const folder = resolve(dir);
  await makeFolder(folder);
  if ((await readdir(folder)).length > 0) throw new Problem("FOLDER_NOT_EMPTY", folder);
  return folder;
}
