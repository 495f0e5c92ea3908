/** A mapping as a file of JSON. */
import { open } from "node:fs/promises";
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import type { Mapping } from "../../core/catalogue/mapping.ts";
import { parseMapping } from "../../core/catalogue/parse-mapping.ts";
import { Problem } from "../../core/problem.ts";

const MAX_BYTES = 1_000_000;

/** @throws Problem FILE_NOT_FOUND, FILE_TOO_LARGE, MAPPING_INVALID with every place at fault. */
export async function readMapping(file: string, type: CertificateType): Promise<Mapping> {
  const parsed = parseMapping(parseJson(file, await readText(file)), type);
  if (parsed.ok) return parsed.mapping;
  throw new Problem("MAPPING_INVALID", `${file}: ${parsed.faults.join("; ")}`);
}

async function readText(file: string): Promise<string> {
  const bytes = Buffer.alloc(MAX_BYTES + 1);
  const { bytesRead } = await readStart(file, bytes).catch((error: unknown) => {
    throw new Problem("FILE_NOT_FOUND", file, error);
  });
  if (bytesRead > MAX_BYTES) throw new Problem("FILE_TOO_LARGE", file);
  return bytes.toString("utf8", 0, bytesRead).replace(/^\uFEFF/, "");
}

async function readStart(file: string, bytes: Buffer): Promise<{ readonly bytesRead: number }> {
  const handle = await open(file, "r");
  try {
    return await handle.read(bytes, 0, bytes.length, 0);
  } finally {
    await handle.close();
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem("MAPPING_INVALID", `${file}: ${(error as Error).message}`, error);
  }
}
