/** What was shown, as one hash: the same for the same QR text or certificate, however the file was laid out. */
import type { Hash } from "../hashing.ts";
import type { Given } from "../verify/case.ts";
import { canonicalJson } from "./canonical-json.ts";

const utf8 = new TextEncoder();
const FILE = utf8.encode("file\n");

/** @returns SHA-256, or null for what is no QR text and no JSON within limits: nobody can judge it again. */
export function shownDigest(sha256: Hash, given: Given): Uint8Array | null {
  if ("qr" in given) return sha256(utf8.encode(`qr\n${given.qr.trim()}`));
  const bytes = canonicalJson(FILE, "file" in given ? parse(given.file) : given.certificate);
  return bytes === null ? null : sha256(bytes);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
