/** The words around claims. */
export const CLAIM_WORDS = {
  yes: { zh: "是", en: "yes" },
  no: { zh: "否", en: "no" },
  empty: { zh: "无", en: "none" },
  masked: { zh: "已隐去", en: "masked" },
  odd: { zh: "看不见或会误导的字符", en: "Characters that can't be seen, or mislead" },
  more: { zh: "显示全部 {count} 个字符", en: "Show all {count} characters" },
  less: { zh: "收起", en: "Show less" },
} as const;
