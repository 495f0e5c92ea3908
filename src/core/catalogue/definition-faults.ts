/** What can be wrong with a catalogue entry. These are for whoever edits the catalogue. */

export type DefinitionFaultCode =
  | "NOT_JSON"
  | "DEFINITION_SHAPE"
  | "DEFINITION_CODE"
  | "DEFINITION_REGION"
  | "DEFINITION_AUTHORITY"
  | "CLAIM_NOT_DESCRIBED"
  | "CLAIM_NOT_IN_SCHEMA"
  | "CLAIM_TWICE"
  | "CLAIM_NOT_REQUIRED"
  | "CLAIM_NOT_A_DATE"
  | "TYPE_TWICE";

export interface DefinitionFault {
  readonly code: DefinitionFaultCode;
  /** Where in the entry, such as `schema.properties.owners`. */
  readonly place: string;
  readonly zh: string;
  readonly en: string;
}

export const DEFINITION_FAULTS: Readonly<
  Record<DefinitionFaultCode, { readonly zh: string; readonly en: string }>
> = {
  NOT_JSON: { zh: "文件不是有效的 JSON", en: "the file is not JSON" },
  DEFINITION_SHAPE: { zh: "不符合证照类型定义的格式", en: "not made up as a catalogue entry" },
  DEFINITION_CODE: { zh: "证照类型代码有误", en: "the type code is wrong" },
  DEFINITION_REGION: { zh: "行政区划代码有误", en: "the region code is wrong" },
  DEFINITION_AUTHORITY: {
    zh: "定义机关的代码与类型代码前18位不同",
    en: "the defining authority's code is not the first 18 characters of the type code",
  },
  CLAIM_NOT_DESCRIBED: { zh: "照面信息没有名称等说明", en: "the claim has no description" },
  CLAIM_NOT_IN_SCHEMA: { zh: "照面信息不在数据格式中", en: "the claim is not in the schema" },
  CLAIM_TWICE: { zh: "照面信息重复说明", en: "the claim is described twice" },
  CLAIM_NOT_REQUIRED: {
    zh: "此处的照面信息必须是必填项",
    en: "a claim named here must be required by the schema",
  },
  CLAIM_NOT_A_DATE: {
    zh: "有效期所依据的照面信息必须是日期",
    en: "a claim that the validity stands on must be a date",
  },
  TYPE_TWICE: {
    zh: "目录中已有同一类型的同一版本",
    en: "the catalogue already has this version of this type",
  },
};

export function definitionFault(
  code: DefinitionFaultCode,
  place: string,
  detail = "",
): DefinitionFault {
  const { zh, en } = DEFINITION_FAULTS[code];
  if (detail === "") return { code, place, zh, en };
  return { code, place, zh: `${zh}（${detail}）`, en: `${en} (${detail})` };
}
