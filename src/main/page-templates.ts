/** How the types of the catalogue look on paper: the templates beside it. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { CertificateType } from "../core/catalogue/certificate-type.ts";
import {
  parsePageTemplate,
  unknownInTemplate,
  usualTemplate,
} from "../core/catalogue/page-template.ts";
import type { PageTemplate } from "../core/catalogue/page-template.ts";
import { Problem } from "../core/problem.ts";

const TEMPLATES = join(import.meta.dirname, "..", "..", "catalogue", "templates");

/** Of a type: from the file named, else from those beside the catalogue, else the usual page. */
export class PageTemplates {
  readonly #byType: ReadonlyMap<string, PageTemplate>;

  private constructor(templates: readonly PageTemplate[]) {
    this.#byType = new Map(templates.map((template) => [template.type, template]));
  }

  /** @throws Problem FILE_NOT_FOUND, TEMPLATE_INVALID */
  static load(file?: string): PageTemplates {
    const names = readdirSync(TEMPLATES).filter((name) => name.endsWith(".json"));
    const beside = names.sort().map((name) => join(TEMPLATES, name));
    const files = file === undefined ? beside : [...beside, file];
    return new PageTemplates(files.map(readTemplate));
  }

  /** @throws Problem TEMPLATE_INVALID where it names claims that the type does not have */
  of(type: CertificateType): PageTemplate {
    const template = this.#byType.get(type.code) ?? usualTemplate(type);
    const [unknown] = unknownInTemplate(template, type);
    if (unknown === undefined) return template;
    throw new Problem("TEMPLATE_INVALID", `${type.code}: the type has no claim '${unknown}'`);
  }
}

function readTemplate(file: string): PageTemplate {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const isMissing = (error as { code?: unknown }).code === "ENOENT";
    throw new Problem(isMissing ? "FILE_NOT_FOUND" : "TEMPLATE_INVALID", file, error);
  }
  const parsed = parsePageTemplate(json);
  if (parsed.ok) return parsed.template;
  throw new Problem("TEMPLATE_INVALID", `${file}: ${parsed.fault}`);
}
