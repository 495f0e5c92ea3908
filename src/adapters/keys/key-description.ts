/** A file that says where a key is, where it is not in the file itself: JSON with a `kind`. */
import { dirname, resolve } from "node:path";
import { Problem } from "../../core/problem.ts";
import { requireSafeUrl } from "./service-exchange.ts";
import type { TransitKey } from "./transit-wrapping.ts";

const DEFAULT_TIMEOUT_SECONDS = 30;
const MAX_TIMEOUT_SECONDS = 600;

type Members = Readonly<Record<string, unknown>>;

/** @returns the object, or null for text that is none. */
export function jsonObject(text: string): Members | null {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Members) : null;
  } catch {
    return null;
  }
}

export const ACCESS_FILES = [
  "tokenFile",
  "caFile",
  "certificateFile",
  "certificateKeyFile",
] as const;
type AccessFiles = Partial<Record<(typeof ACCESS_FILES)[number], string>>;

/** @throws Problem KEY_MALFORMED with the member at fault */
export function transitKey(file: string, members: Members): TransitKey {
  requireMembers(file, members, ["kind", "url", "namespace", "timeoutSeconds", ...ACCESS_FILES]);
  const url = textOf(file, members, "url");
  requireSafeUrl(file, url, true);
  const { tokenFile, ...files } = filesOf(file, members);
  if (tokenFile === undefined) throw malformed(file, "tokenFile");
  const namespace = members["namespace"];
  return {
    ...{ url, tokenFile, ...files, timeoutMs: timeoutOf(file, members) },
    ...(namespace !== undefined && { namespace: textOf(file, members, "namespace") }),
  };
}

/** A slip in a name must not leave out a token or a certificate unnoticed. */
export function requireMembers(file: string, members: Members, known: readonly string[]): void {
  const foreign = Object.keys(members).find((name) => !known.includes(name));
  if (foreign !== undefined) throw malformed(file, `${foreign.slice(0, 40)} is not known here`);
}

export function textOf(file: string, members: Members, name: string): string {
  const value = members[name];
  if (typeof value === "string" && value !== "") return value;
  throw malformed(file, name);
}

/** Files named in it are found from where it is itself. */
export function filesOf(file: string, members: Members): AccessFiles {
  const named = ACCESS_FILES.filter((name) => members[name] !== undefined);
  const paths = named.map((name) => [name, resolve(dirname(file), textOf(file, members, name))]);
  return Object.fromEntries(paths) as AccessFiles;
}

/** `timeoutSeconds`, in milliseconds. */
export function timeoutOf(file: string, members: Members): number {
  const seconds = members["timeoutSeconds"] ?? DEFAULT_TIMEOUT_SECONDS;
  if (typeof seconds === "number" && seconds > 0 && seconds <= MAX_TIMEOUT_SECONDS)
    return Math.ceil(seconds * 1_000);
  throw malformed(file, "timeoutSeconds");
}

export function malformed(file: string, what: string): Problem {
  return new Problem("KEY_MALFORMED", `${file}: ${what}`);
}
