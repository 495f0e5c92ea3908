/** The shell blocks of a document, run as they stand. */
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { PROJECT } from "./command.ts";

/** @returns the blocks under a heading, or of the whole document */
export function shellBlocks(document: string, heading?: string): string[] {
  const text = readFileSync(join(PROJECT, document), "utf8");
  const sections = text.split(/^## /m).filter((section) => section.startsWith(heading ?? ""));
  return sections.flatMap((section) =>
    Array.from(section.matchAll(/^```sh\n(.*?)^```$/gms), ([, block]) => String(block)),
  );
}

/** `./lz` of a folder without the project's: the commands themselves, under this Node. */
export function writeEntry(folder: string): void {
  const node = `'${process.execPath}' --disable-warning=ExperimentalWarning`;
  const script = `#!/bin/sh\nname="$1"\nshift\nexec ${node} '${PROJECT}/scripts/'"$name.ts" "$@"\n`;
  writeFileSync(join(folder, "lz"), script, { mode: 0o700 });
}

/** One after the other in one shell. @returns all output @throws with it where one fails */
export function runBlocks(
  folder: string,
  blocks: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const path = `${dirname(process.execPath)}:${String(process.env["PATH"])}`;
  const options = { cwd: folder, env: { PATH: path, HOME: folder, ...env } };
  return new Promise((resolve, reject) => {
    const script = ["set -eu", "exec 2>&1", ...blocks].join("\n");
    execFile("sh", ["-c", script], options, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`the documented commands failed: ${stdout}`));
    });
  });
}
