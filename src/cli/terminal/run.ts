/** Runs a command: parses, and turns what goes wrong into words and an exit code (sysexits.h). */
import { Command, CommanderError, Help, Option } from "commander";
import { Problem, toProblem } from "../../core/problem.ts";
import { printProblem } from "./output.ts";

/** 0 done or accepted, 1 rejected, 2 can't tell; problems have their own. */
export async function run(command: Command, argv: readonly string[] = process.argv): Promise<void> {
  const isJson = argv.includes("--json");
  command.name(`./lz ${command.name()}`.trimEnd());
  forEachCommand(command, prepare);
  process.stdout.on("error", endQuietly);
  process.stderr.on("error", endQuietly);
  process.once("uncaughtException", (error) => {
    const problem = toProblem(error);
    printProblem(problem, isJson);
    process.exit(problem.words.exit);
  });
  try {
    await command.parseAsync([...argv]);
  } catch (error) {
    const args = argv.slice(2);
    const commands = namedCommands(command, args);
    process.exitCode = exitOf(misspeltOption(error, commands, args) ?? error, commands, isJson);
  }
}

function prepare(command: Command): void {
  command.exitOverride().configureOutput({ outputError: () => undefined });
  command.helpOption("-h, --help", "show this help 显示帮助").helpCommand(false);
  command.configureHelp({ optionDescription });
}

const commanders = new Help();

/** No default is told that is none, an empty list or text, and no text in quotation marks. */
function optionDescription(option: Option): string {
  const { defaultValueDescription, argChoices } = option;
  const defaultValue: unknown = option.defaultValue;
  if (defaultValueDescription !== undefined || argChoices !== undefined) {
    return commanders.optionDescription(option);
  }
  if (defaultValue === undefined || isNothing(defaultValue)) return option.description;
  return typeof defaultValue === "string"
    ? `${option.description} (default: ${defaultValue})`
    : commanders.optionDescription(option);
}

function isNothing(value: unknown): boolean {
  return value === "" || (Array.isArray(value) && value.length === 0);
}

function forEachCommand(command: Command, change: (command: Command) => void): void {
  change(command);
  for (const each of command.commands) forEachCommand(each, change);
}

/** As many of the commands as were named: status, status set; agency, agency operator, agency operator add. */
function namedCommands(command: Command, args: readonly string[]): Command[] {
  const names = command.commands.map((each) => each.name());
  const at = args.findIndex((arg) => names.includes(arg));
  const inner = command.commands.find((each) => each.name() === args[at]);
  return inner === undefined ? [command] : [command, ...namedCommands(inner, args.slice(at + 1))];
}

function exitOf(error: unknown, commands: readonly Command[], isJson: boolean): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const problem = problemOf(error, commands);
  printProblem(problem, isJson);
  return problem.words.exit;
}

/** What is to be said instead where an option that must be there is, misspelt. */
function misspeltOption(
  error: unknown,
  commands: readonly Command[],
  args: readonly string[],
): unknown {
  const isMissing =
    error instanceof CommanderError && error.code === "commander.missingMandatoryOptionValue";
  return isMissing ? unknownOption(commands.at(-1)?.options ?? [], args) : null;
}

/** What a command says of the arguments that has these options, and none that must be there. */
function unknownOption(options: readonly Option[], args: readonly string[]): unknown {
  const lenient = new Command().allowExcessArguments().action(() => undefined);
  for (const { flags } of options) lenient.addOption(new Option(flags));
  prepare(lenient);
  try {
    lenient.parse(args, { from: "user" });
    return null;
  } catch (error) {
    return error;
  }
}

/** What is wrong with the usage names the command whose --help tells more. */
function problemOf(error: unknown, commands: readonly Command[]): Problem {
  const usage = usageFault(error, commands);
  if (usage === null) return toProblem(error);
  const path = commands.map((command) => command.name()).join(" ");
  return new Problem("USAGE", `${path}: ${usage}`, error);
}

function usageFault(error: unknown, commands: readonly Command[]): string | null {
  if (error instanceof Problem) return error.code === "USAGE" ? error.detail : null;
  if (!(error instanceof CommanderError)) return null;
  if (error.code !== "commander.help") {
    return error.message.replace(/^error: /, "").replaceAll("\n", " ");
  }
  const choices = commands.at(-1)?.commands.map((command) => command.name()) ?? [];
  return `a command expected: ${choices.join(" or ")}`;
}

/** Whoever read the output has seen enough: `lz … | head`. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit();
  throw error;
}
