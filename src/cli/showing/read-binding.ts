/** A binding's file as a command is given it. */
import { readFile } from "node:fs/promises";
import { fromBase64Url } from "../../core/encoding/bytes.ts";
import { FormatError } from "../../core/encoding/format-error.ts";
import { decodeBinding } from "../../core/presentation/binding.ts";
import type { Binding } from "../../core/presentation/binding.ts";
import { Problem } from "../../core/problem.ts";

/** @throws Problem FILE_NOT_FOUND, BINDING_UNREADABLE */
export async function readBinding(file: string): Promise<Uint8Array> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new Problem("FILE_NOT_FOUND", file, error);
  });
  const bytes = fromBase64Url(text.trim());
  if (bytes === null) throw new Problem("BINDING_UNREADABLE", `${file}: base64url expected`);
  decodeOrExplain(file, bytes);
  return bytes;
}

/** @throws Problem BINDING_UNREADABLE */
export function decodeOrExplain(file: string, bytes: Uint8Array): Binding {
  try {
    return decodeBinding(bytes, "binding");
  } catch (error) {
    if (error instanceof FormatError) {
      throw new Problem("BINDING_UNREADABLE", `${file}: ${error.message}`, error);
    }
    throw error;
  }
}
