/** Passwords of keys: from a file, or typed on the terminal; never from a flag or the environment itself. */
import { readFileSync, statSync } from "node:fs";
import { Problem } from "../../core/problem.ts";
import { askHidden } from "./terminal.ts";

const MAX_PASSWORD_BYTES = 1_024;
const MIN_FRESH_CHARACTERS = 12;

export interface Passwords {
  /** Of a key file that is there. @throws Problem KEY_PASSWORD_MISSING */
  current(file: string): Promise<string>;
  /** For a key file to come. @throws Problem KEY_PASSWORD_MISSING, KEY_PASSWORD_UNFIT */
  fresh(file: string): Promise<string>;
}

export interface PasswordFiles {
  /** Null where the terminal is asked. */
  readonly current: string | null;
  readonly fresh: string | null;
}

/** Spelled one way (NFKC), however a keyboard or an editor composes its characters. */
export function passwordsFrom(files: PasswordFiles): Passwords {
  return {
    current: async (file) => {
      const { current } = files;
      const text = current === null ? await askHidden(question(file)) : readPassword(current);
      return text.normalize("NFKC");
    },
    fresh: async (file) => {
      const { fresh } = files;
      const text = fresh === null ? await askTwice(file) : readPassword(fresh);
      return requireFit(text.normalize("NFKC"), fresh ?? file);
    },
  };
}

function question(file: string): string {
  return `口令 Password of ${file}: `;
}

async function askTwice(file: string): Promise<string> {
  const first = await askHidden(`新口令 New password of ${file}: `);
  const second = await askHidden("再次输入 Once more: ");
  if (first === second) return first;
  throw new Problem("KEY_PASSWORD_UNFIT", `${file}: it was not typed the same way twice`);
}

/** The whole file but for the end of its last line. */
function readPassword(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) throw new Problem("KEY_PASSWORD_MISSING", `${file}: no such file`);
  if (stat.isDirectory() || stat.size > MAX_PASSWORD_BYTES)
    throw new Problem("KEY_PASSWORD_MISSING", `${file}: not a file with a password in it`);
  const password = readFileSync(file, "utf8").replace(/\r?\n$/, "");
  if (password === "") throw new Problem("KEY_PASSWORD_MISSING", `${file}: the file is empty`);
  return password;
}

function requireFit(password: string, where: string): string {
  if (Array.from(password).length >= MIN_FRESH_CHARACTERS) return password;
  throw new Problem("KEY_PASSWORD_UNFIT", `${where}: too short`);
}
