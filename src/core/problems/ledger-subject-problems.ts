/** What a command names that the ledger, a list or a batch does not have, or not in that state. */
import { correctInput } from "./problem-words.ts";
import type { ProblemWords } from "./problem-words.ts";

export const SUBJECT_PROBLEMS = {
  AGENCY_UNKNOWN: {
    words: { zh: "没有该发证机关", en: "There is no such agency." },
    remedy: {
      zh: "检查代码；新机关由主管部门先行登记",
      en: "Check the code; a new agency is registered by its authority first.",
    },
    exit: 65,
    status: 404,
  },
  OPERATOR_UNKNOWN: {
    words: {
      zh: "该账户不是该机关的经办账户",
      en: "The account is none of the agency's operators.",
    },
    remedy: { zh: "用 lz agency show 查看其账户", en: "lz agency show names its accounts." },
    exit: 65,
    status: 404,
  },
  DOCUMENT_KEY_UNKNOWN: {
    words: { zh: "该机关没有该签章密钥", en: "The agency has no such document key." },
    remedy: { zh: "用 lz agency show 查看其密钥编号", en: "lz agency show names its keys." },
    exit: 65,
    status: 404,
  },
  RULE_UNKNOWN: {
    words: { zh: "没有该互认规则", en: "There is no such recognition rule." },
    remedy: { zh: "用 lz recognise list 查看规则编号", en: "lz recognise list numbers the rules." },
    exit: 65,
    status: 404,
  },
  GROUP_UNKNOWN: {
    words: { zh: "没有该地区组", en: "There is no such group of regions." },
    remedy: {
      zh: "用 lz recognise group list 查看，或由国家主管部门先行定义",
      en: "lz recognise group list names them; the national authority defines a new one.",
    },
    exit: 65,
    status: 404,
  },
  LIST_INVALID: {
    words: {
      zh: "清单有错误，未变更任何证照",
      en: "The list has faults; no certificate was changed.",
    },
    remedy: {
      zh: "按所示行号改正后重新运行",
      en: "Correct the lines named, then run it again.",
    },
    exit: 65,
    status: 400,
  },
  IDENTIFIER_INVALID: {
    words: { zh: "代码不正确", en: "The code is not valid." },
    remedy: correctInput,
    exit: 65,
    status: 400,
  },
  FOLDER_NOT_EMPTY: {
    words: { zh: "输出文件夹里有其他内容", en: "The folder for the output holds something else." },
    remedy: { zh: "换一个空文件夹", en: "Choose an empty folder; nothing was overwritten." },
    exit: 65,
    status: 500,
  },
  BATCH_DAMAGED: {
    words: {
      zh: "机构数据库中的批次不完整或已损坏",
      en: "A batch in the agency's store is incomplete or damaged.",
    },
    remedy: {
      zh: "从备份恢复机构数据库，再运行 lz store check",
      en: "Put the store back from its backup, then run lz store check.",
    },
    exit: 65,
    status: 500,
  },
  CERTIFICATE_NOT_FOUND: {
    words: { zh: "没有该证照", en: "There is no such certificate." },
    remedy: {
      zh: "检查证照编号，或根和序号",
      en: "Check the certificate number, or the root and the index.",
    },
    exit: 65,
    status: 404,
  },
  CERTIFICATE_AMBIGUOUS: {
    words: { zh: "所指证照不止一份", en: "That names more than one certificate." },
    remedy: {
      zh: "用 --type、--agency 或更长的根指明是哪一份",
      en: "Say which of those listed, with --type, --agency or more digits of the root.",
    },
    exit: 64,
    status: 400,
  },
  STATUS_FINAL: {
    words: {
      zh: "有证照已处于不可变更的状态，未做任何变更",
      en: "Some of the certificates have a status that is final; nothing was changed.",
    },
    remedy: {
      zh: "从清单中去掉所示证照后重试",
      en: "Take those named off the list and try again.",
    },
    exit: 65,
    status: 409,
  },
} as const satisfies Record<string, ProblemWords>;
