/** Reads the catalogue (证照目录) from disk: a folder with one JSON file for each type and version. */
import { readFile, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import type { DefinitionFault } from "../../core/catalogue/definition-faults.ts";
import { definitionFault } from "../../core/catalogue/definition-faults.ts";
import type { ParsedType } from "../../core/catalogue/parse-certificate-type.ts";
import { parseCertificateType } from "../../core/catalogue/parse-certificate-type.ts";

export interface CatalogueReading {
  /** By type code, then version; files at fault are left out. */
  readonly types: readonly CertificateType[];
  readonly faults: readonly CatalogueFileFault[];
}

export interface CatalogueFileFault extends DefinitionFault {
  /** The file's name in the folder. */
  readonly file: string;
}

/**
 * Reads all `*.json` files of the folder. Rejects only when the folder or a file can't be read; what is
 * wrong inside a file is in `faults`.
 */
export async function readCatalogue(folder: string): Promise<CatalogueReading> {
  return readCatalogueFiles(await catalogueFilesOf(folder));
}

/** The catalogue files of a folder, by name. */
export async function catalogueFilesOf(folder: string): Promise<string[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".json")).sort();
  return files.map((file) => join(folder, file));
}

/** As `readCatalogue`, of these files together. */
export async function readCatalogueFiles(files: readonly string[]): Promise<CatalogueReading> {
  const types: CertificateType[] = [];
  const faults: CatalogueFileFault[] = [];
  for (const path of files) {
    const file = basename(path);
    const parsed = withoutRepetition(parseJson(await readFile(path, "utf8")), types);
    if (parsed.ok) types.push(parsed.type);
    else faults.push(...parsed.faults.map((fault) => ({ file, ...fault })));
  }
  return { types: types.sort(byCodeAndVersion), faults };
}

function parseJson(text: string): ParsedType {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, faults: [definitionFault("NOT_JSON", "")] };
  }
  return parseCertificateType(json);
}

function withoutRepetition(parsed: ParsedType, types: readonly CertificateType[]): ParsedType {
  if (!parsed.ok) return parsed;
  const { code, version } = parsed.type;
  const isThere = types.some((type) => type.code === code && type.version === version);
  if (!isThere) return parsed;
  return {
    ok: false,
    faults: [definitionFault("TYPE_TWICE", "code", `${code} ${String(version)}`)],
  };
}

function byCodeAndVersion(a: CertificateType, b: CertificateType): number {
  if (a.code === b.code) return a.version - b.version;
  return a.code < b.code ? -1 : 1;
}
