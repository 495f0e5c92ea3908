/** Everything that can be wrong with a record, with words and a remedy: the one registry of these codes. */
import type { FaultWords, IdentifierFaultCode } from "../identifiers/faults.ts";
import { IDENTIFIER_FAULTS } from "../identifiers/faults.ts";

export type RecordFaultCode =
  | IdentifierFaultCode
  | "MISSING_FIELD"
  | "UNKNOWN_FIELD"
  | "WRONG_TYPE"
  | "TOO_LONG"
  | "TOO_SHORT"
  | "PATTERN"
  | "NOT_IN_LIST"
  | "OUT_OF_RANGE"
  | "TOO_FEW_ITEMS"
  | "TOO_MANY_ITEMS"
  | "DUPLICATE_ITEM"
  | "TEXT_NOT_UNICODE"
  | "TEXT_NOT_NFC"
  | "TEXT_CONTROL_CHARACTER"
  | "TEXT_PRIVATE_USE"
  | "TEXT_OUTER_SPACE"
  | "PHONE_SHAPE"
  | "HOLDER_CODE_SHAPE"
  | "VALIDITY_ORDER"
  | "NUMBER_DOUBLED"
  | "NUMBER_ISSUED"
  | "OTHER_ISSUER"
  | "HOLDER_KEY_SHAPE"
  | "CODE_UNKNOWN"
  | "DATE_FORMAT"
  | "CELL_ERROR"
  | "CELL_NOT_CALCULATED"
  | "CELL_PRECISION";

export const RECORD_FAULTS: Readonly<Record<RecordFaultCode, FaultWords>> = {
  ...IDENTIFIER_FAULTS,
  MISSING_FIELD: {
    zh: "缺少必填项",
    en: "a required field is missing",
    remedyZh: "补充该项",
    remedyEn: "Fill in the field.",
    forgivable: false,
  },
  UNKNOWN_FIELD: {
    zh: "该证照类型没有此项",
    en: "the certificate type has no such field",
    remedyZh: "核对列名，或删去此列",
    remedyEn: "Check the column's name, or take the column out.",
    forgivable: false,
  },
  WRONG_TYPE: {
    zh: "数据类型不符",
    en: "the value is of the wrong type",
    remedyZh: "整数只写数字，是否项写 是 或 否，多值用英文分号隔开",
    remedyEn: "Write whole numbers as digits, yes or no as true or false, lists with semicolons.",
    forgivable: false,
  },
  TOO_LONG: {
    zh: "内容过长",
    en: "the text is too long",
    remedyZh: "缩短内容",
    remedyEn: "Shorten the text.",
    forgivable: false,
  },
  TOO_SHORT: {
    zh: "内容过短",
    en: "the text is too short",
    remedyZh: "补全内容",
    remedyEn: "Complete the text.",
    forgivable: false,
  },
  PATTERN: {
    zh: "内容不符合规定的写法",
    en: "the text is not written as the type prescribes",
    remedyZh: "对照证照目录中的格式填写",
    remedyEn: "Follow the pattern in the catalogue.",
    forgivable: false,
  },
  NOT_IN_LIST: {
    zh: "内容不在可选范围内",
    en: "the value is not one of those allowed",
    remedyZh: "从证照目录列出的选项中选择",
    remedyEn: "Choose one of the values in the catalogue.",
    forgivable: false,
  },
  OUT_OF_RANGE: {
    zh: "数值超出范围",
    en: "the number is out of range",
    remedyZh: "核对数值",
    remedyEn: "Check the number.",
    forgivable: false,
  },
  TOO_FEW_ITEMS: {
    zh: "项数过少",
    en: "the list has too few items",
    remedyZh: "补充缺少的项",
    remedyEn: "Add the missing items.",
    forgivable: false,
  },
  TOO_MANY_ITEMS: {
    zh: "项数过多",
    en: "the list has too many items",
    remedyZh: "减少项数",
    remedyEn: "Take items out.",
    forgivable: false,
  },
  DUPLICATE_ITEM: {
    zh: "列表中有重复项",
    en: "the list has the same item twice",
    remedyZh: "删去重复项",
    remedyEn: "Take the repetition out.",
    forgivable: false,
  },
  TEXT_NOT_UNICODE: {
    zh: "文字编码损坏",
    en: "the text is not valid Unicode",
    remedyZh: "以 UTF-8 或 GB18030 重新导出文件",
    remedyEn: "Export the file again in UTF-8 or GB18030.",
    forgivable: false,
  },
  TEXT_NOT_NFC: {
    zh: "文字含有组合字符（非 NFC 形式）",
    en: "the text has combining characters that are not composed (not in NFC)",
    remedyZh: "重新录入该项，或转换为 NFC 形式",
    remedyEn: "Type the text again, or convert it to NFC.",
    forgivable: false,
  },
  TEXT_CONTROL_CHARACTER: {
    zh: "文字含有换行、制表等控制字符",
    en: "the text has control characters such as line breaks or tabs",
    remedyZh: "删去换行和制表符",
    remedyEn: "Take out line breaks and tabs.",
    forgivable: false,
  },
  TEXT_PRIVATE_USE: {
    zh: "文字含有自造字（Unicode 私用区字符），在其他系统上无法正确显示",
    en: "the text has private-use characters, which other systems can't show",
    remedyZh: "改用该字的标准编码（GB 18030-2022、Unicode）",
    remedyEn: "Write the character with its standard code (GB 18030-2022, Unicode).",
    forgivable: false,
  },
  TEXT_OUTER_SPACE: {
    zh: "文字首尾有空格",
    en: "the text begins or ends with white space",
    remedyZh: "删去首尾空格",
    remedyEn: "Take the space out.",
    forgivable: false,
  },
  PHONE_SHAPE: {
    zh: "电话号码有误",
    en: "this is no telephone number",
    remedyZh: "填写11位手机号，或 区号-号码",
    remedyEn: "Write a mobile number of 11 digits, or area code-number.",
    forgivable: false,
  },
  HOLDER_CODE_SHAPE: {
    zh: "持证主体代码应为1至32位数字、字母或连字符",
    en: "a holder code has 1 to 32 digits, letters or hyphens",
    remedyZh: "对照证件重新录入",
    remedyEn: "Enter the code again from the holder's document.",
    forgivable: false,
  },
  VALIDITY_ORDER: {
    zh: "有效期截止早于起始",
    en: "the validity ends before it begins",
    remedyZh: "核对有效期起止日期",
    remedyEn: "Check both dates of the validity.",
    forgivable: false,
  },
  NUMBER_DOUBLED: {
    zh: "证照编号在文件中重复",
    en: "the certificate number is in the file twice",
    remedyZh: "核对编号，删去重复的记录",
    remedyEn: "Check the number, and take the repeated record out.",
    forgivable: false,
  },
  NUMBER_ISSUED: {
    zh: "该证照编号此前已签发",
    en: "the agency has issued a certificate with this number before",
    remedyZh: "删去已签发的记录；换发、变更请用 --supersede，旧证照将标记为已换发",
    remedyEn: "Take it out, or reissue it with --supersede, which marks the old one superseded.",
    forgivable: false,
  },
  OTHER_ISSUER: {
    zh: "记录所写的颁发机构不是本次签发的机关",
    en: "the record names another issuer than the agency that issues it",
    remedyZh: "核对 --agency 和文件；依法代为签发的，不必更改",
    remedyEn:
      "Check --agency and the table; where the agency lawfully issues for the other, nothing is wrong.",
    forgivable: true,
  },
  HOLDER_KEY_SHAPE: {
    zh: "持证人密钥指纹应为64位小写十六进制",
    en: "the thumbprint of the holder's key is not 64 lower-case hex digits",
    remedyZh: "填写 lz key new 显示的指纹，或留空",
    remedyEn: "Write the thumbprint that lz key new shows, or leave it empty.",
    forgivable: false,
  },
  CODE_UNKNOWN: {
    zh: "内容不在映射文件的代码表中",
    en: "the value is not in the mapping's code table",
    remedyZh: "核对内容，或在映射文件的 codes 中补充",
    remedyEn: "Check the value, or add it to the codes of the mapping.",
    forgivable: false,
  },
  DATE_FORMAT: {
    zh: "日期不是映射文件规定的格式",
    en: "the date is not written as the mapping says",
    remedyZh: "核对日期，或修改映射文件的 date",
    remedyEn: "Check the date, or change the date format of the mapping.",
    forgivable: false,
  },
  CELL_ERROR: {
    zh: "单元格是公式错误，例如 #N/A",
    en: "the cell holds an error of a formula, such as #N/A",
    remedyZh: "在电子表格中改正公式",
    remedyEn: "Mend the formula in the spreadsheet.",
    forgivable: false,
  },
  CELL_NOT_CALCULATED: {
    zh: "公式没有保存计算结果",
    en: "the cell holds a formula without a saved result",
    remedyZh: "用电子表格软件打开并保存，或把公式粘贴为数值",
    remedyEn: "Open and save it in a spreadsheet, or paste the values over the formulas.",
    forgivable: false,
  },
  CELL_PRECISION: {
    zh: "数字超过15位，电子表格已丢失末尾各位",
    en: "the number has more than 15 digits, of which a spreadsheet loses the last",
    remedyZh: "把该列设为文本格式，从原系统重新导出",
    remedyEn: "Format the column as text and export it again from the system it came from.",
    forgivable: false,
  },
};
