/** What can be wrong with a database, whatever is kept in it. */
import type { ProblemWords } from "./problem-words.ts";

export const STORE_PROBLEMS = {
  STORE_BUSY: {
    words: {
      zh: "另一个进程正在使用该数据库",
      en: "Another process is at work in this store.",
    },
    remedy: {
      zh: "等它结束后重试；签发进度用 lz jobs list 查看",
      en: "Wait until it has finished; how far issuing is, lz jobs list shows.",
    },
    exit: 69,
    status: 503,
  },
  STORE_TOO_NEW: {
    words: {
      zh: "数据库由更新版本的程序建立",
      en: "The store was made by a newer version of this program.",
    },
    remedy: { zh: "升级程序后重试", en: "Install that version, then try again." },
    exit: 65,
    status: 500,
  },
  STORE_DAMAGED: {
    words: { zh: "核验服务的数据库已损坏", en: "The service's store is damaged." },
    remedy: {
      zh: "从备份恢复该数据库，然后重新启动",
      en: "Put it back from its backup, then start again.",
    },
    exit: 65,
    status: 500,
  },
} as const satisfies Readonly<Record<string, ProblemWords>>;
