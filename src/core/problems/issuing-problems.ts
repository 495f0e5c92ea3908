/** What can be wrong with issuing jobs and the agency's store. */
import type { ProblemWords } from "./problem-words.ts";

export const ISSUING_PROBLEMS = {
  STORE_UNREACHABLE: {
    words: { zh: "连接不上机构数据库", en: "The agency's database can't be reached." },
    remedy: {
      zh: "检查 LZ_STORE 的地址、账号和数据库是否运行，然后重新运行同一命令",
      en: "Check LZ_STORE, the user and that the database runs; then run the same command again.",
    },
    exit: 69,
    status: 503,
  },
  STORE_KEY_WRONG: {
    words: {
      zh: "机构数据库的加密密钥缺失或不是这一把",
      en: "The key that the agency's store is encrypted with is missing, or another one.",
    },
    remedy: {
      zh: "恢复备份的 keys/store.key；没有它，已存的证照无法读取",
      en: "Put keys/store.key back from its backup; nothing in the store can be read without it.",
    },
    exit: 65,
    status: 500,
  },
  CERTIFICATE_ERASED: {
    words: { zh: "该证照已按要求删除", en: "This certificate was erased." },
    remedy: {
      zh: "删除不可恢复；需要时由机构重新签发",
      en: "That can't be undone; the agency can issue it anew.",
    },
    exit: 65,
    status: 410,
  },
  JOB_NOT_FOUND: {
    words: { zh: "没有该签发任务", en: "There is no such issuing job." },
    remedy: { zh: "用 lz jobs list 查看任务", en: "lz jobs list shows the jobs there are." },
    exit: 65,
    status: 404,
  },
  JOB_NOT_CANCELLABLE: {
    words: {
      zh: "该任务已不能取消：其交易可能已经或仍会上链",
      en: "The job can't be cancelled any more: a transaction of it is mined or may still be.",
    },
    remedy: {
      zh: "用 lz jobs resume 完成任务，然后用 lz status set 吊销不需要的证照",
      en: "Finish it with lz jobs resume, then revoke what is not wanted with lz status set.",
    },
    exit: 65,
    status: 409,
  },
  JOB_NEEDS_SOURCE: {
    words: {
      zh: "任务中断时尚未读完来源，而来源是标准输入",
      en: "The job broke off before its source was read, and that source was standard input.",
    },
    remedy: {
      zh: "用同样的输入重新运行原来的 lz issue 命令",
      en: "Run the same lz issue command again with the same input.",
    },
    exit: 65,
    status: 409,
  },
  LEDGER_RESTARTED: {
    words: {
      zh: "同一地址上的链已从头重建，该任务属于原来的链",
      en: "The chain at this address was started anew; the job belongs to the one before.",
    },
    remedy: {
      zh: "连接原来的链后再继续；在新链上请重新运行 lz issue，那是另一个任务",
      en: "Go on at the chain it was begun on; on the new one run lz issue again, which is another job.",
    },
    exit: 65,
    status: 409,
  },
  NONCE_CONTESTED: {
    words: {
      zh: "另有程序在用同一经办密钥发送交易",
      en: "Somebody else sends transactions with the same operator's key.",
    },
    remedy: {
      zh: "停止另一程序后重新运行同一命令，不会重复上链；若非本机构所为，立即报告密钥泄露",
      en: "Stop the other one and run the same command again; nothing is anchored twice. If it isn't yours, report the key as stolen at once.",
    },
    exit: 69,
    status: 409,
  },
} as const satisfies Record<string, ProblemWords>;
