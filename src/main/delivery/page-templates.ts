/** How the types of the catalogue look on paper: the templates beside it. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import {
  parsePageTemplate,
  templateHash,
  unknownInTemplate,
  usualTemplate,
} from "../../core/catalogue/page-template.ts";
import type { PageTemplate } from "../../core/catalogue/page-template.ts";
import { Problem } from "../../core/problem.ts";
import { primitives } from "../system.ts";

const CATALOGUE = join(import.meta.dirname, "..", "..", "..", "catalogue");

/** Of a type: from the file named, else from those beside the catalogue, else the usual page. */
export class PageTemplates {
  readonly #byType: ReadonlyMap<string, PageTemplate>;

  private constructor(templates: readonly PageTemplate[]) {
    this.#byType = new Map(templates.map((template) => [template.type, template]));
  }

  /** @throws Problem FILE_NOT_FOUND, TEMPLATE_INVALID */
  static load(file?: string, catalogue: string = CATALOGUE): PageTemplates {
    const folder = join(catalogue, "templates");
    const names = existsSync(folder) ? readdirSync(folder) : [];
    const beside = names.filter((name) => name.endsWith(".json")).sort();
    const paths = beside.map((name) => join(folder, name));
    return new PageTemplates((file === undefined ? paths : [...paths, file]).map(readTemplate));
  }

  /** @throws Problem TEMPLATE_INVALID where it names claims that the type does not have */
  of(type: CertificateType): PageTemplate {
    const template = this.#byType.get(type.code) ?? usualTemplate(type);
    const [unknown] = unknownInTemplate(template, type);
    if (unknown === undefined) return template;
    throw new Problem("TEMPLATE_INVALID", `${type.code}: the type has no claim '${unknown}'`);
  }

  /**
   * The one that the type's definition names by its hash; null where it names none.
   * @throws Problem TEMPLATE_INVALID where it isn't there, or is another
   */
  pinnedBy(type: CertificateType): PageTemplate | null {
    if (type.template === undefined) return null;
    const template = this.of(type);
    const hash = templateHash(primitives.sha256, template);
    if (hash === type.template) return template;
    const detail = `${type.code}: its definition names template ${type.template}, here is ${hash}`;
    throw new Problem("TEMPLATE_INVALID", detail);
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
