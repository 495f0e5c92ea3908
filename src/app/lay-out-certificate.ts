/** From a certificate, its type and the type's template to what stands on its page. */
import type {
  CertificateType,
  ClaimDefinition,
  Names,
} from "../core/catalogue/certificate-type.ts";
import { fillStatement } from "../core/catalogue/page-template.ts";
import type { PageTemplate } from "../core/catalogue/page-template.ts";
import type { CertificateFile } from "../core/certificate/certificate-file.ts";
import { toHex } from "../core/encoding/bytes.ts";
import type { ClaimValue } from "../core/encoding/cbor.ts";
import type { CertificatePage, LabelledText } from "../ports/certificate-page.ts";

export interface PageOrder {
  readonly certificate: CertificateFile;
  readonly type: CertificateType;
  readonly template: PageTemplate;
  /** What the QR code is to hold. */
  readonly code: string;
}

/** GB/T 36903's short names of what has a place of its own on the page. */
const Element = {
  number: "ZZBH",
  identifier: "ZZBS",
  issuer: "ZZBFJG",
  issuerCode: "ZZBFJGDM",
  issueDate: "ZZBFRQ",
  validFrom: "ZZYXQQSRQ",
  validUntil: "ZZYXQJZRQ",
};
const PLACED: ReadonlySet<string> = new Set(Object.values(Element));

const VALIDITY: Names = { zh: "有效期", en: "Validity" };
const ROOT: Names = { zh: "批次根", en: "Batch root" };
const PLACE: Names = { zh: "序号", en: "Index" };
const CONTRACT: Names = { zh: "锚定合约", en: "Anchored in" };
const NOTE: Names = {
  zh: "本证照的数据摘要已锚定上链。扫描二维码可核验其真伪、发证机关和现行状态（有效、暂扣、注销等）；本页仅为打印样式，一切以核验结果为准。",
  en: "A digest of this certificate is anchored on the chain. Scan the code to verify that it is authentic, who issued it and whether it is still in force; the page by itself proves nothing.",
};
const WARNING: Names = {
  zh: "示范样例 不具法律效力",
  en: "Demonstration only, not a real certificate",
};

export function layOutCertificate({
  certificate,
  type,
  template,
  code,
}: PageOrder): CertificatePage {
  const texts = new Texts(certificate, type);
  return {
    isLandscape: template.orientation === "landscape",
    colour: template.colour,
    title: template.title ?? type.names,
    number: texts.labelled(Element.number),
    statement: statementOf(template, texts),
    fields: fieldsOf(type, template, texts),
    validity: { label: VALIDITY, text: validityOf(certificate) },
    issuer: {
      name: texts.of(Element.issuer),
      code: texts.of(Element.issuerCode),
      date: texts.of(Element.issueDate),
    },
    references: referencesOf(certificate, texts),
    note: NOTE,
    warning: type.provenance.kind === "demo" ? WARNING : null,
    code,
    date: certificate.notBefore,
  };
}

/** A certificate's claims as they are written. */
class Texts {
  readonly #type: CertificateType;
  readonly #values: ReadonlyMap<string, ClaimValue>;

  constructor({ claims }: CertificateFile, type: CertificateType) {
    this.#type = type;
    this.#values = new Map(claims.map(({ name, value }) => [name, value]));
  }

  has({ name }: ClaimDefinition): boolean {
    return this.#values.has(name);
  }

  claim(name: string): string {
    const definition = this.#type.claims.find((claim) => claim.name === name);
    return definition === undefined ? "" : this.text(definition);
  }

  text(definition: ClaimDefinition): string {
    return textOf(definition, this.#values.get(definition.name) ?? null);
  }

  /** Of the claim with that short name of GB/T 36903; empty where there is none. */
  of(element: string): string {
    return this.labelled(element)?.text ?? "";
  }

  labelled(element: string): LabelledText | null {
    const definition = this.#type.claims.find(({ sourceName }) => sourceName === element);
    if (definition === undefined || !this.has(definition)) return null;
    return labelledText(definition, this.text(definition));
  }
}

function labelledText({ zh, en }: ClaimDefinition, text: string): LabelledText {
  return { label: { zh, en }, text };
}

const NONE = "—";
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;

/** "2026-01-05" → "2026年1月5日"; lists and maps in one line for each item. */
function textOf(definition: ClaimDefinition, value: ClaimValue): string {
  if (value === null) return NONE;
  if (typeof value === "boolean") return value ? "是" : "否";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return value === "" ? NONE : dayText(value);
  if (Array.isArray(value)) {
    const items = (value as readonly ClaimValue[]).map((item) => textOf(definition, item));
    return items.join(definition.parts === undefined ? "、" : "\n");
  }
  return partsText(definition, value as Readonly<Record<string, ClaimValue>>);
}

function partsText(
  { parts = [] }: ClaimDefinition,
  value: Readonly<Record<string, ClaimValue>>,
): string {
  const shown = parts.filter(({ name }) => Object.hasOwn(value, name));
  return shown.map((part) => `${part.zh}：${textOf(part, value[part.name] ?? null)}`).join("　");
}

function dayText(text: string): string {
  const [, year, month, day] = DAY.exec(text) ?? [];
  if (year === undefined) return text;
  return `${year}年${String(Number(month))}月${String(Number(day))}日`;
}

/** Days in Beijing, where certificates are dated. */
function dayOf(seconds: number): string {
  return dayText(new Date((seconds + 8 * 3600) * 1000).toISOString().slice(0, 10));
}

/** It ends with the second before `notAfter`'s day is over. */
function validityOf({ notBefore, notAfter }: CertificateFile): string {
  return `${dayOf(notBefore)} 至 ${notAfter === null ? "长期" : dayOf(notAfter)}`;
}

function statementOf({ statement }: PageTemplate, texts: Texts): Names | null {
  if (statement === undefined) return null;
  const valueOf = (name: string): string => texts.claim(name);
  return { zh: fillStatement(statement.zh, valueOf), en: fillStatement(statement.en, valueOf) };
}

/** What has no place of its own; a template may choose. */
function fieldsOf(
  { claims }: CertificateType,
  { fields }: PageTemplate,
  texts: Texts,
): LabelledText[] {
  const chosen =
    fields === undefined
      ? claims.filter(({ sourceName = "" }) => !PLACED.has(sourceName))
      : fields.flatMap((name) => claims.filter((claim) => claim.name === name));
  return chosen
    .filter((claim) => texts.has(claim))
    .map((claim) => labelledText(claim, texts.text(claim)));
}

function referencesOf({ batch }: CertificateFile, texts: Texts): LabelledText[] {
  const identifier = texts.labelled(Element.identifier);
  return [
    ...(identifier === null ? [] : [identifier]),
    { label: ROOT, text: `0x${toHex(batch.root)}` },
    { label: PLACE, text: `${String(batch.index)} / ${String(batch.size)}` },
    { label: CONTRACT, text: `${batch.anchor} (chain ${String(batch.chainId)})` },
  ];
}
