/**
 * What agencies call the columns of the common elements of certificates (GB/T 36903), by the short names that
 * are in use for them; and what the values of some standard code tables are called.
 */

export type ElementName =
  | "ZZMC"
  | "ZZBH"
  | "ZZBS"
  | "ZZBFJG"
  | "ZZBFJGDM"
  | "ZZBFRQ"
  | "CZZT"
  | "CZZTDM"
  | "CZZTDMLX"
  | "CZZTDMLXDM"
  | "ZZYXQQSRQ"
  | "ZZYXQJZRQ";

export const ELEMENT_NAMES: Readonly<Record<ElementName, readonly string[]>> = {
  ZZMC: ["证照名称", "证书名称"],
  ZZBH: [
    "证照编号",
    "证书编号",
    "证件编号",
    "证照号码",
    "证书号码",
    "证书号",
    "证号",
    "编号",
    "许可证编号",
  ],
  ZZBS: ["证照标识", "电子证照标识", "标识"],
  ZZBFJG: ["颁发机构", "证照颁发机构", "颁发机关", "发证机关", "签发机关", "发证单位", "发证部门"],
  ZZBFJGDM: ["颁发机构代码", "证照颁发机构代码", "颁发机关代码", "发证机关代码", "发证单位代码"],
  ZZBFRQ: ["颁发日期", "证照颁发日期", "发证日期", "签发日期", "发证时间"],
  CZZT: ["持证主体", "持证主体名称", "持证人", "持证人姓名", "持证者", "姓名"],
  CZZTDM: [
    "持证主体代码",
    "公民身份号码",
    "身份证号",
    "身份证号码",
    "身份证件号码",
    "居民身份证号码",
    "证件号码",
  ],
  CZZTDMLX: ["持证主体代码类型", "证件类型"],
  CZZTDMLXDM: ["持证主体代码类型代码", "证件类型代码"],
  ZZYXQQSRQ: [
    "证照有效期起始日期",
    "有效期起始日期",
    "有效期起始",
    "有效期起",
    "有效期自",
    "有效期始",
    "生效日期",
  ],
  ZZYXQJZRQ: [
    "证照有效期截止日期",
    "有效期截止日期",
    "有效期截止",
    "有效期至",
    "有效期止",
    "截止日期",
    "失效日期",
  ],
};

/** Other ways of writing values, by the value that a type would list. */
export const CODE_NAMES: Readonly<Record<string, readonly string[]>> = {
  // GB/T 2261.1
  男: ["1", "男性", "M", "male"],
  女: ["2", "女性", "F", "female"],
  true: ["1", "Y", "yes", "有"],
  false: ["0", "N", "no", "无"],
  // GB/T 36903, annex A
  "001": ["统一社会信用代码"],
  "111": ["居民身份证", "身份证", "公民身份号码"],
  "414": ["普通护照", "护照"],
  "511": ["台湾居民来往大陆通行证", "台胞证"],
  "516": ["港澳居民来往内地通行证", "回乡证"],
};

export function isElementName(name: string): name is ElementName {
  return Object.hasOwn(ELEMENT_NAMES, name);
}
