/** The certificate types that a command knows: the project's own, or those of files and folders. */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { CertificateType } from "../core/catalogue/certificate-type.ts";
import { Problem } from "../core/problem.ts";

const CATALOGUE = join(import.meta.dirname, "..", "..", "catalogue");

/** @throws Problem FILE_NOT_FOUND, CATALOGUE_INVALID naming file and place. */
export async function loadCatalogue(
  folder: string = CATALOGUE,
): Promise<readonly CertificateType[]> {
  if (!isFolder(folder)) throw new Problem("FILE_NOT_FOUND", folder);
  return loadTypes([folder]);
}

/**
 * Of files and folders together; of none the project's own catalogue.
 * @throws Problem FILE_NOT_FOUND, CATALOGUE_INVALID naming file and place.
 */
export async function loadTypes(paths: readonly string[]): Promise<readonly CertificateType[]> {
  const files: string[] = [];
  for (const path of paths.length === 0 ? [CATALOGUE] : paths) files.push(...(await filesOf(path)));
  const { readCatalogueFiles } = await import("../adapters/catalogue/read-catalogue.ts");
  const { types, faults } = await readCatalogueFiles(files);
  const [first] = faults;
  if (first !== undefined) throw new Problem("CATALOGUE_INVALID", `${first.file}: ${first.code}`);
  return types;
}

/**
 * All versions of one type that the project's own catalogue has; files that don't name it, or are at fault,
 * are passed over.
 */
export async function loadVersions(code: string): Promise<readonly CertificateType[]> {
  const files = await filesOf(CATALOGUE);
  const naming = files.filter((file) => readFileSync(file, "utf8").includes(`"${code}"`));
  const { readCatalogueFiles } = await import("../adapters/catalogue/read-catalogue.ts");
  const { types } = await readCatalogueFiles(naming);
  return types.filter((type) => type.code === code);
}

async function filesOf(path: string): Promise<readonly string[]> {
  if (isFolder(path)) {
    const { catalogueFilesOf } = await import("../adapters/catalogue/read-catalogue.ts");
    return catalogueFilesOf(path);
  }
  if (statSync(path, { throwIfNoEntry: false }) === undefined) {
    throw new Problem("FILE_NOT_FOUND", path);
  }
  return [path];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Whether a path names a single file of the catalogue rather than a folder of them. */
export function isCatalogueFile(path: string): boolean {
  return !isFolder(path);
}

/** The latest version of a type, by its code or its name. @throws Problem TYPE_UNKNOWN */
export function findType(types: readonly CertificateType[], wanted: string): CertificateType {
  const found = types.findLast(({ code, names }) => {
    return code === wanted || names.zh === wanted || names.en === wanted;
  });
  if (found === undefined) throw new Problem("TYPE_UNKNOWN", wanted);
  return found;
}
