/**
 * The types that these pages know by themselves, for files that come without their type. What the chain has of a
 * type decides, as soon as there is a network to ask.
 */
import type { CertificateType } from "../../../core/catalogue/certificate-type.ts";
import type { PageTemplate } from "../../../core/catalogue/page-template.ts";
import { templateHash } from "../../../core/catalogue/page-template.ts";
import { loadHashes } from "../../judging/page-primitives.ts";

export interface KnownType {
  readonly definition: CertificateType;
  /** The one that the definition pins. */
  readonly template: PageTemplate | null;
}

const definitions = import.meta.glob<CertificateType>("../../../../catalogue/*.json", {
  import: "default",
});
const templates = import.meta.glob<PageTemplate>("../../../../catalogue/templates/*.json", {
  import: "default",
});

/** All are loaded to find one: they are small, and a file is imported once in a long while. */
export async function knownType(code: string, version: number): Promise<KnownType | null> {
  const types = await Promise.all(Object.values(definitions).map((load) => load()));
  const definition = types.find((type) => type.code === code && type.version === version);
  if (definition === undefined) return null;
  const pages = await Promise.all(Object.values(templates).map((load) => load()));
  const { sha256 } = await loadHashes();
  const template = pages.find((page) => templateHash(sha256, page) === definition.template);
  return { definition, template: template ?? null };
}
