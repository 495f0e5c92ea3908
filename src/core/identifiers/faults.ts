/**
 * What can be wrong with an identifier: stable codes with their words, in one registry.
 *
 * `strict` is for issuing: every fault is an error. `warn` is for importing what others issued:
 * faults that are known to occur in documents issued lawfully become warnings.
 */

export type CheckMode = "strict" | "warn";
export type Severity = "error" | "warning";

/** What a code means and what to do about it, in Chinese and English. */
export interface FaultWords {
  readonly zh: string;
  readonly en: string;
  readonly remedyZh: string;
  readonly remedyEn: string;
  /** Whether `warn` mode makes it a warning. */
  readonly forgivable: boolean;
}

export type IdentifierFaultCode =
  | "FULL_WIDTH"
  | "LOWER_CASE"
  | "CREDIT_CODE_SHAPE"
  | "CREDIT_CODE_CHECK_DIGIT"
  | "CREDIT_CODE_ORG_CHECK_DIGIT"
  | "CREDIT_CODE_REGION"
  | "CITIZEN_ID_SHAPE"
  | "CITIZEN_ID_15_DIGITS"
  | "CITIZEN_ID_REGION"
  | "CITIZEN_ID_DATE"
  | "CITIZEN_ID_FUTURE"
  | "CITIZEN_ID_CHECK_DIGIT"
  | "REGION_SHAPE"
  | "REGION_UNKNOWN"
  | "DATE_INVALID"
  | "TYPE_CODE_SHAPE"
  | "TYPE_CODE_AUTHORITY"
  | "CERTIFICATE_IDENTIFIER_SHAPE"
  | "CERTIFICATE_IDENTIFIER_TYPE"
  | "CERTIFICATE_IDENTIFIER_ISSUER"
  | "CERTIFICATE_IDENTIFIER_CHECK";

export const IDENTIFIER_FAULTS: Readonly<Record<IdentifierFaultCode, FaultWords>> = {
  FULL_WIDTH: {
    zh: "含有全角字符",
    en: "contains full-width characters",
    remedyZh: "改用半角数字和字母",
    remedyEn: "Type digits and letters in half width.",
    forgivable: false,
  },
  LOWER_CASE: {
    zh: "含有小写字母",
    en: "contains lower-case letters",
    remedyZh: "改用大写字母",
    remedyEn: "Use capital letters.",
    forgivable: true,
  },
  CREDIT_CODE_SHAPE: {
    zh: "统一社会信用代码应为18位，且不含字母I、O、S、V、Z",
    en: "a unified social credit code has 18 characters, none of them I, O, S, V or Z",
    remedyZh: "对照登记证照重新录入",
    remedyEn: "Enter the code again from the registration certificate.",
    forgivable: false,
  },
  CREDIT_CODE_CHECK_DIGIT: {
    zh: "统一社会信用代码的校验位不符",
    en: "the check character of the unified social credit code is wrong",
    remedyZh: "逐位核对；个别早期代码确实如此，导入时可用警告模式保留",
    remedyEn:
      "Compare each character. Some early codes are really so: import those in warn mode to keep them.",
    forgivable: true,
  },
  CREDIT_CODE_ORG_CHECK_DIGIT: {
    zh: "统一社会信用代码第9至17位（组织机构代码）的校验位不符",
    en: "the check character of the organisation code, positions 9 to 17, is wrong",
    remedyZh: "逐位核对第9至17位",
    remedyEn: "Compare positions 9 to 17.",
    forgivable: true,
  },
  CREDIT_CODE_REGION: {
    zh: "统一社会信用代码第3至8位不是已知的行政区划",
    en: "positions 3 to 8 of the unified social credit code name no known region",
    remedyZh: "核对第3至8位",
    remedyEn: "Compare positions 3 to 8.",
    forgivable: true,
  },
  CITIZEN_ID_SHAPE: {
    zh: "公民身份号码应为17位数字加1位数字或X",
    en: "a citizen identity number has 17 digits and then a digit or X",
    remedyZh: "对照身份证重新录入",
    remedyEn: "Enter the number again from the identity card.",
    forgivable: false,
  },
  CITIZEN_ID_15_DIGITS: {
    zh: "15位旧身份证号码不能用于制证",
    en: "a certificate is not issued on an old 15-digit identity number",
    remedyZh: "请持证人提供18位公民身份号码",
    remedyEn: "Ask the holder for the number of 18 characters.",
    forgivable: true,
  },
  CITIZEN_ID_REGION: {
    zh: "公民身份号码前两位不是已知的省级代码",
    en: "the first two digits of the citizen identity number name no known province",
    remedyZh: "核对号码前两位",
    remedyEn: "Compare the first two digits.",
    forgivable: false,
  },
  CITIZEN_ID_DATE: {
    zh: "公民身份号码中的出生日期不存在",
    en: "the birth date in the citizen identity number does not exist",
    remedyZh: "核对号码第7至14位",
    remedyEn: "Compare digits 7 to 14.",
    forgivable: false,
  },
  CITIZEN_ID_FUTURE: {
    zh: "公民身份号码中的出生日期晚于今天",
    en: "the birth date in the citizen identity number is after today",
    remedyZh: "核对号码第7至14位",
    remedyEn: "Compare digits 7 to 14.",
    forgivable: false,
  },
  CITIZEN_ID_CHECK_DIGIT: {
    zh: "公民身份号码的校验位不符",
    en: "the check character of the citizen identity number is wrong",
    remedyZh: "逐位核对身份证号码",
    remedyEn: "Compare each character with the identity card.",
    forgivable: false,
  },
  REGION_SHAPE: {
    zh: "行政区划代码应为6位数字，全国为0",
    en: "a region code has six digits; the whole country is 0",
    remedyZh: "按 GB/T 2260 填写",
    remedyEn: "Use the code of GB/T 2260.",
    forgivable: false,
  },
  REGION_UNKNOWN: {
    zh: "行政区划代码前两位不是已知的省级代码",
    en: "the first two digits of the region code name no known province",
    remedyZh: "按 GB/T 2260 填写",
    remedyEn: "Use the code of GB/T 2260.",
    forgivable: false,
  },
  DATE_INVALID: {
    zh: "日期不存在，或格式不是 年-月-日",
    en: "the date does not exist or is not written year-month-day",
    remedyZh: "按 2026-01-31 的格式填写",
    remedyEn: "Write it like 2026-01-31.",
    forgivable: false,
  },
  TYPE_CODE_SHAPE: {
    zh: "证照类型代码应为18位统一社会信用代码加3位数字",
    en: "a certificate type code is a credit code of 18 characters and three digits",
    remedyZh: "从证照目录中复制类型代码",
    remedyEn: "Copy the code from the catalogue.",
    forgivable: false,
  },
  TYPE_CODE_AUTHORITY: {
    zh: "证照类型代码前18位不是有效的统一社会信用代码",
    en: "the first 18 characters of the certificate type code are no valid credit code",
    remedyZh: "从证照目录中复制类型代码",
    remedyEn: "Copy the code from the catalogue.",
    forgivable: true,
  },
  CERTIFICATE_IDENTIFIER_SHAPE: {
    zh: "电子证照标识的组成不符合 GB/T 36904",
    en: "the certificate identifier is not made up as GB/T 36904 says",
    remedyZh: "应为 1.2.156.3005.2.类型代码.发证机关代码.流水号.版本号.校验位",
    remedyEn: "It is 1.2.156.3005.2.TYPE.ISSUER.SERIAL.VERSION.CHECK.",
    forgivable: false,
  },
  CERTIFICATE_IDENTIFIER_TYPE: {
    zh: "电子证照标识中的证照类型代码有误，或与本类型不同",
    en: "the type code in the certificate identifier is wrong or of another type",
    remedyZh: "核对标识中的类型代码",
    remedyEn: "Compare the type code in the identifier.",
    forgivable: true,
  },
  CERTIFICATE_IDENTIFIER_ISSUER: {
    zh: "电子证照标识中的发证机关代码不是有效的统一社会信用代码",
    en: "the issuer code in the certificate identifier is no valid credit code",
    remedyZh: "用发证机关的统一社会信用代码重新生成标识",
    remedyEn: "Make the identifier again with the agency's credit code.",
    forgivable: true,
  },
  CERTIFICATE_IDENTIFIER_CHECK: {
    zh: "电子证照标识的校验位不符",
    en: "the check character of the certificate identifier is wrong",
    remedyZh: "重新生成标识；外来标识可用警告模式原样保留",
    remedyEn:
      "Make the identifier again. Import one made elsewhere in warn mode to keep it as it is.",
    forgivable: true,
  },
};
