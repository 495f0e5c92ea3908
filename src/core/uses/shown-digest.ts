/** What was shown, as one hash: the same for the same QR text or certificate, however the file was laid out. */
import type { Hash } from "../hashing.ts";
import type { Given } from "../verify/case.ts";

/** A certificate file is 5 deep; what nests deeper is none, and is not worth a stack. */
const MAX_DEPTH = 16;
const utf8 = new TextEncoder();

/** @returns SHA-256, or null for what is no QR text and no JSON within limits: nobody can judge it again. */
export function shownDigest(sha256: Hash, given: Given): Uint8Array | null {
  if ("qr" in given) return sha256(utf8.encode(`qr\n${given.qr.trim()}`));
  const json = "file" in given ? parse(given.file) : given.certificate;
  const text = canonicalText(json, 0);
  return text === null ? null : sha256(utf8.encode(`file\n${text}`));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Members by name, as RFC 8785 orders them. */
function canonicalText(value: unknown, depth: number): string | null {
  if (value === undefined || depth > MAX_DEPTH) return null;
  if (typeof value === "string") return stringText(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return listText(value, depth);
  return membersText(value as Readonly<Record<string, unknown>>, depth);
}

function listText(values: readonly unknown[], depth: number): string | null {
  let text = "";
  for (const value of values) {
    const item = canonicalText(value, depth + 1);
    if (item === null) return null;
    text += text === "" ? item : `,${item}`;
  }
  return `[${text}]`;
}

function membersText(members: Readonly<Record<string, unknown>>, depth: number): string | null {
  let text = "";
  for (const name of sorted(Object.keys(members))) {
    const member = canonicalText(members[name], depth + 1);
    if (member === null) return null;
    text += `${text === "" ? "" : ","}${stringText(name)}:${member}`;
  }
  return `{${text}}`;
}

/** What JSON writes in another way than it is. */
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

/** JSON.stringify of a text: calling it costs more than looking whether it would change anything. */
function stringText(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** More names are left to the engine, whose own way costs more than sorting the few that a claim has. */
const FEW_NAMES = 32;

/** In place, by UTF-16 code units. */
function sorted(names: string[]): readonly string[] {
  if (names.length > FEW_NAMES) return names.sort();
  for (let i = 1; i < names.length; i++) {
    const name = names[i] as string;
    let at = i;
    for (; at > 0 && (names[at - 1] as string) > name; at--) names[at] = names[at - 1] as string;
    names[at] = name;
  }
  return names;
}
