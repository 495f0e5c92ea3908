/** The words of `lz issue` as a job keeps them, so that `lz jobs resume` can give the same command again. */
import { resolve } from "node:path";
import { isPostgresUrl } from "../../main/issuing/sources.ts";
import type { JobOrder } from "../../ports/agency-store.ts";
import type { IssueOptions } from "./issue-options.ts";

type JobCommand = JobOrder["command"];

/** Options that name a file or folder, which may be given from another working folder next time. */
const PATHS: ReadonlySet<string> = new Set([
  "input",
  "mapping",
  "queryFile",
  "errors",
  "catalogue",
  "key",
]);
/** They say how to show it, not what to do. */
const PASSING: ReadonlySet<string> = new Set(["json", "dryRun"]);

/** Paths are absolute; an address of a database is without its password. */
export function commandOf(options: IssueOptions): JobCommand {
  const said = Object.entries(options as unknown as JobCommand).filter(([name]) => {
    return !PASSING.has(name);
  });
  return Object.fromEntries(said.map(([name, value]) => [name, keptValue(name, value)]));
}

function keptValue(name: string, value: JobCommand[string]): JobCommand[string] {
  if (typeof value !== "string") return value;
  if (PATHS.has(name) && value !== "-") return resolve(value);
  return name === "source" && isPostgresUrl(value) ? withoutPassword(value) : value;
}

/** What is no address at all was never opened either. */
function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return "postgres://";
  const parsed = new URL(url);
  parsed.password = "";
  parsed.searchParams.delete("password");
  return parsed.href;
}

/** What the job's command was given, with what the flags of now say instead. */
export function optionsOf(command: JobCommand, now: Partial<IssueOptions>): IssueOptions {
  return { ...(command as unknown as IssueOptions), ...now };
}

/** Whether the records came from standard input, which nobody can read again. */
export function isFromStandardInput(command: JobCommand): boolean {
  return command["input"] === "-";
}
