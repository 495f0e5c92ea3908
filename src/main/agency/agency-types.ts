/** The certificate types that an endpoint can deliver, each with the template that its definition pins. */
import type { TypeWords } from "../../app/holding/agency-desk.ts";
import { Problem } from "../../core/problem.ts";
import { loadCatalogue } from "../catalogue.ts";
import { PageTemplates } from "../delivery/page-templates.ts";

/** @throws Problem FILE_NOT_FOUND, CATALOGUE_INVALID, TEMPLATE_INVALID */
export async function openTypes(
  folder: string | null,
): Promise<(code: string, version: number) => TypeWords> {
  const [types, templates] =
    folder === null
      ? [await loadCatalogue(), PageTemplates.load()]
      : [await loadCatalogue(folder), PageTemplates.load(undefined, folder)];
  const byName = new Map(
    types.map((definition) => {
      const template = templates.pinnedBy(definition);
      return [nameOf(definition.code, definition.version), { definition, template }] as const;
    }),
  );
  return (code, version) => {
    const words = byName.get(nameOf(code, version));
    if (words === undefined) throw new Problem("TYPE_UNKNOWN", nameOf(code, version));
    return words;
  };
}

function nameOf(code: string, version: number): string {
  return `${code} version ${String(version)}`;
}
