/** The certificate types that a command knows: the project's own, or those of a folder. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { readCatalogue } from "../adapters/catalogue/read-catalogue.ts";
import type { CertificateType } from "../core/catalogue/certificate-type.ts";
import { Problem } from "../core/problem.ts";

const CATALOGUE = join(import.meta.dirname, "..", "..", "catalogue");

/** @throws Problem FILE_NOT_FOUND, CATALOGUE_INVALID naming file and place. */
export async function loadCatalogue(
  folder: string = CATALOGUE,
): Promise<readonly CertificateType[]> {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new Problem("FILE_NOT_FOUND", folder);
  }
  const { types, faults } = await readCatalogue(folder);
  const [first] = faults;
  if (first !== undefined) {
    throw new Problem("CATALOGUE_INVALID", `${first.file}: ${first.code}`);
  }
  return types;
}

/** The latest version of a type, by its code or its name. @throws Problem TYPE_UNKNOWN */
export function findType(types: readonly CertificateType[], wanted: string): CertificateType {
  const found = types.findLast(({ code, names }) => {
    return code === wanted || names.zh === wanted || names.en === wanted;
  });
  if (found === undefined) throw new Problem("TYPE_UNKNOWN", wanted);
  return found;
}
