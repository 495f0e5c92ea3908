/** What can be wrong with an agency's data, its mapping and the catalogue it is held against. */
import { correctInput } from "./problem-words.ts";
import type { ProblemWords } from "./problem-words.ts";

const mapColumns = {
  zh: "用 lz map suggest 生成映射文件，再用 --mapping 指明各列对应哪项信息；未提交任何内容",
  en: "Say which column gives which claim: lz map suggest makes a mapping, --mapping takes it. Nothing was submitted.",
};

export const SOURCE_PROBLEMS = {
  SOURCE_ENCODING: {
    words: {
      zh: "文件编码不正确，或文字已损坏",
      en: "The text is neither UTF-8 nor GB18030, not what was said, or damaged.",
    },
    remedy: {
      zh: "用 --encoding 指明编码，或另存为 UTF-8 后重试",
      en: "Say which it is with --encoding, or save it as UTF-8 and try again.",
    },
    exit: 65,
    status: 400,
  },
  SOURCE_FORMAT: {
    words: { zh: "不是可读取的表格文件", en: "The file is no table of a kind that can be read." },
    remedy: {
      zh: "导出为 CSV、TSV、XLSX 或 JSONL；加密的文件先去掉密码",
      en: "Export it as CSV, TSV, XLSX or JSONL; take the password off first.",
    },
    exit: 65,
    status: 400,
  },
  SOURCE_CHANGED: {
    words: { zh: "读取期间来源内容发生了变化", en: "The source changed while it was being read." },
    remedy: {
      zh: "等导出完成后重新运行，未签发任何证照",
      en: "Run it again once the export is finished; nothing was issued.",
    },
    exit: 65,
    status: 409,
  },
  SOURCE_UNREACHABLE: {
    words: { zh: "连接不上数据库，或连接中断", en: "The database can't be reached, or broke off." },
    remedy: {
      zh: "检查地址、账号和密码后重新运行，未签发任何证照",
      en: "Check address, user and password and run it again; nothing was issued.",
    },
    exit: 69,
    status: 503,
  },
  SOURCE_QUERY: {
    words: { zh: "数据库拒绝了该查询", en: "The database refused the query." },
    remedy: {
      zh: "按数据库的提示改正查询；只允许一条只读查询",
      en: "Correct it as the database says; one query that only reads is allowed.",
    },
    exit: 65,
    status: 400,
  },
  SHEET_UNKNOWN: {
    words: { zh: "工作簿中没有该工作表", en: "The workbook has no such sheet." },
    remedy: { zh: "从列出的工作表中选择", en: "Choose one of the sheets listed." },
    exit: 65,
    status: 400,
  },
  CELLS_MERGED: {
    words: { zh: "表格含有合并单元格", en: "The table has merged cells." },
    remedy: {
      zh: "取消合并，使表头为一行、每条记录为一行，再重试",
      en: "Unmerge them, so that the header is one row and each record is one, and try again.",
    },
    exit: 65,
    status: 400,
  },
  MAPPING_INVALID: {
    words: { zh: "映射文件不正确", en: "The mapping file is not valid." },
    remedy: {
      zh: "按提示位置改正，或用 lz map suggest 重新生成",
      en: "Correct it at the place named, or make one with lz map suggest.",
    },
    exit: 65,
    status: 400,
  },
  MAPPING_MISFIT: {
    words: {
      zh: "来源与映射文件或证照类型不符",
      en: "The source does not fit the mapping or the certificate type.",
    },
    remedy: {
      zh: "按所列各项改正映射文件或导出内容",
      en: "Correct the mapping or the export at the places listed.",
    },
    exit: 65,
    status: 400,
  },
  SOURCE_MALFORMED: {
    words: { zh: "表格格式不正确", en: "The table can't be read." },
    remedy: correctInput,
    exit: 65,
    status: 400,
  },
  SOURCE_EMPTY: {
    words: { zh: "表格没有数据行", en: "The table holds no record." },
    remedy: { zh: "检查导出是否完整", en: "Check that the export is complete." },
    exit: 65,
    status: 400,
  },
  COLUMN_MISSING: {
    words: { zh: "缺少必需的列", en: "A required column is missing." },
    remedy: mapColumns,
    exit: 65,
    status: 400,
  },
  COLUMN_UNKNOWN: {
    words: { zh: "有不认识的列", en: "A column is not one of this certificate type." },
    remedy: mapColumns,
    exit: 65,
    status: 400,
  },
  COLUMN_DOUBLED: {
    words: { zh: "列名重复", en: "A column is there twice." },
    remedy: correctInput,
    exit: 65,
    status: 400,
  },
  RECORDS_INVALID: {
    words: {
      zh: "有记录不合格，未签发任何证照",
      en: "Some records are not valid; nothing was issued.",
    },
    remedy: {
      zh: "按错误文件逐行改正，或用 --skip-invalid 只签发合格记录",
      en: "Correct them as the error file says, or issue the good ones with --skip-invalid.",
    },
    exit: 65,
    status: 400,
  },
  TYPE_UNKNOWN: {
    words: { zh: "目录中没有该证照类型", en: "The catalogue has no such certificate type." },
    remedy: {
      zh: "用 lz sample --list 查看可用的类型代码",
      en: "lz sample --list shows the types there are.",
    },
    exit: 65,
    status: 404,
  },
  CATALOGUE_INVALID: {
    words: { zh: "目录文件不正确", en: "A file of the catalogue is not valid." },
    remedy: correctInput,
    exit: 65,
    status: 500,
  },
  CATALOGUE_CONFLICT: {
    words: {
      zh: "目录与链上已发布的证照类型有冲突，未发布任何类型",
      en: "The catalogue conflicts with what is published; nothing was published.",
    },
    remedy: {
      zh: "按冲突报告改正，或用 --skip-conflicts 跳过冲突的类型",
      en: "Mend what the report names, or leave those types out with --skip-conflicts.",
    },
    exit: 65,
    status: 409,
  },
  SCHEMA_MISMATCH: {
    words: {
      zh: "目录文件与链上登记的不一致",
      en: "The catalogue's file differs from what is published.",
    },
    remedy: {
      zh: "取得已发布版本的目录文件，或由主管机关发布新版本",
      en: "Use the published version, or have its authority publish a new one.",
    },
    exit: 65,
    status: 500,
  },
} as const satisfies Record<string, ProblemWords>;
