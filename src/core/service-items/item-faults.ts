/** What can be wrong with a file of service items. These are for whoever edits it. */

export const ITEM_FAULTS = {
  NOT_JSON: { zh: "文件不是有效的 JSON", en: "the file is not JSON" },
  ITEM_SHAPE: { zh: "不符合事项定义的格式", en: "not made up as a list of service items" },
  ITEM_TWICE: {
    zh: "代码或名称与前面的事项相同",
    en: "an item before it has the same code or name",
  },
  TYPE_TWICE: { zh: "同一证照类型列了两次", en: "the certificate type is listed twice" },
  TYPE_UNKNOWN: { zh: "目录中没有该证照类型", en: "the catalogue has no such certificate type" },
  CLAIM_UNKNOWN: { zh: "该证照类型没有此项信息", en: "the certificate type has no such claim" },
  REQUIRED_NOT_ASKED: {
    zh: "必需的信息不在可索取的信息之中",
    en: "a claim that is required is not among those that may be asked for",
  },
} as const;

export type ItemFaultCode = keyof typeof ITEM_FAULTS;

export interface ItemFault {
  readonly code: ItemFaultCode;
  /** Where in the file, such as `[0].types[1].claims`. */
  readonly place: string;
  readonly zh: string;
  readonly en: string;
}

export function itemFault(code: ItemFaultCode, place: string, detail: string): ItemFault {
  const { zh, en } = ITEM_FAULTS[code];
  return { code, place, zh: `${zh}（${detail}）`, en: `${en} (${detail})` };
}
