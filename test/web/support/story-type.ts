/** The usual story's type with a definition of its own, so that a wallet can name, mask and draw its claims. */
import type {
  CertificateType,
  ClaimDefinition,
} from "../../../src/core/catalogue/certificate-type.ts";
import { canonicalBytes } from "../../../src/core/catalogue/canonical-bytes.ts";
import type { PageTemplate } from "../../../src/core/catalogue/page-template.ts";
import { templateHash } from "../../../src/core/catalogue/page-template.ts";
import { toHex } from "../../../src/core/encoding/bytes.ts";
import type { Primitives } from "../../../src/core/hashing.ts";
import { MARRIAGE } from "../../support/ledger-story.ts";

/** The version that has the definition; the story's own is version 1. */
export const DEFINED = 2;

function claim(name: string, zh: string, more: Partial<ClaimDefinition> = {}): ClaimDefinition {
  return { name, zh, en: `${zh} (en)`, sensitivity: "personal", mask: "none", ...more };
}

export interface StoryType {
  readonly definition: CertificateType;
  readonly template: PageTemplate;
  /** What the chain has of it: 0x and Keccak-256. */
  readonly schemaHash: string;
}

export function storyType(
  { sha256, keccak256 }: Pick<Primitives, "sha256" | "keccak256">,
  changes: Partial<PageTemplate> = {},
): StoryType {
  const template: PageTemplate = {
    ...{ type: MARRIAGE, orientation: "portrait", colour: "#a3182a" },
    statement: {
      zh: "{holderName}，准予登记，发给此证。",
      en: "{holderName} is registered hereby.",
    },
    ...changes,
  };
  const definition = {
    ...{ code: MARRIAGE, version: DEFINED, names: { zh: "结婚证", en: "Marriage certificate" } },
    definingAuthority: { code: MARRIAGE.slice(0, 18), zh: "民政部", en: "Civil Affairs" },
    ...{ region: "0", holderType: "person", alwaysDisclosed: ["holderName"] },
    schema: { type: "object", properties: {}, required: [], additionalProperties: false },
    claims: [
      claim("registryNumber", "登记号", { sensitivity: "public", sourceName: "ZZBH" }),
      claim("holderName", "持证人", { mask: "name" }),
      claim("birthDate", "出生日期", { sensitivity: "sensitive", mask: "all" }),
      claim("住址", "住址", { sensitivity: "sensitive", mask: "address" }),
      claim("children", "子女"),
      claim("isFirst", "是否初婚", { sensitivity: "sensitive" }),
      claim("issuer", "发证机关", { sensitivity: "public", sourceName: "ZZBFJG" }),
      claim("issuedOn", "发证日期", { sensitivity: "public", sourceName: "ZZBFRQ" }),
    ],
    ...{ numberClaim: "registryNumber", validity: { kind: "permanent", from: "birthDate" } },
    ...{ provenance: { kind: "demo", note: "" }, template: templateHash(sha256, template) },
  } as unknown as CertificateType;
  const schemaHash = `0x${toHex(keccak256(canonicalBytes(definition)))}`;
  return { definition, template, schemaHash };
}
