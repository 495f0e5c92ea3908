/** Runs a command: parses, and turns what goes wrong into words and an exit code (sysexits.h). */
import { CommanderError } from "commander";
import type { Command } from "commander";
import { Problem, toProblem } from "../core/problem.ts";
import { printProblem } from "./output.ts";

/** 0 done or accepted, 1 rejected, 2 can't tell; problems have their own. */
export async function run(command: Command, argv: readonly string[] = process.argv): Promise<void> {
  forEachCommand(command, (each) => {
    each.exitOverride().configureOutput({ outputError: () => undefined });
    each.showHelpAfterError(false).helpOption("-h, --help", "show this help");
  });
  process.stdout.on("error", endQuietly);
  try {
    await command.parseAsync([...argv]);
  } catch (error) {
    process.exitCode = exitOf(error, argv.includes("--json"));
  }
}

function forEachCommand(command: Command, change: (command: Command) => void): void {
  change(command);
  for (const each of command.commands) forEachCommand(each, change);
}

function exitOf(error: unknown, isJson: boolean): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const isHelp = error instanceof CommanderError && error.code === "commander.help";
  if (isHelp) return 64;
  const problem =
    error instanceof CommanderError
      ? new Problem("USAGE", error.message.replace(/^error: /, ""))
      : toProblem(error);
  printProblem(problem, isJson);
  return problem.words.exit;
}

/** Whoever read the output has seen enough: `lz … | head`. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit();
  throw error;
}
