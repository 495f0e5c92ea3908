/** Words for whatever went wrong in a page: the wallet's own faults, a service's problems, and the rest. */
import { ServiceProblem, ServiceUnreachable } from "../../../clients/javascript/src/index.ts";
import type { CodeWords } from "../../core/words.ts";
import { WALLET_FAULTS } from "../pages/wallet/fault-words.ts";
import { WalletFault } from "../vault/wallet-fault.ts";

export interface ToldFault extends CodeWords {
  /** To be quoted when asking for help; empty where there is nothing to quote. */
  readonly code: string;
}

const UNEXPECTED: CodeWords = {
  words: { zh: "本页出了意外的问题", en: "Something unexpected went wrong in this page." },
  remedy: {
    zh: "请重新打开本页再试；已有的证照不受影响",
    en: "Open the page again. Your certificates are not affected.",
  },
};

/** A service's words for programmers, said to a clerk. */
const COUNTER_KEY_REFUSED: CodeWords = {
  words: { zh: "窗口密钥不对，或已停用", en: "The counter’s key is wrong, or has been ended." },
  remedy: {
    zh: "请核对密钥是否抄全；仍不能登录的，请向核验服务的管理人员换领",
    en: "Check that it is whole; if so, ask whoever runs the service for another.",
  },
};

export function faultWords(fault: unknown): ToldFault {
  if (fault instanceof WalletFault) {
    const isQuoted = fault.code === "NOT_PROVEN" || fault.code === "FILE_MALFORMED";
    return { ...WALLET_FAULTS[fault.code], code: isQuoted ? fault.detail : "" };
  }
  if (fault instanceof ServiceProblem) {
    const { words, remedy, code } = fault.document;
    return code === "UNAUTHENTICATED" ? { ...COUNTER_KEY_REFUSED, code } : { words, remedy, code };
  }
  if (fault instanceof ServiceUnreachable) return { ...WALLET_FAULTS.OFFLINE, code: "" };
  return { ...UNEXPECTED, code: fault instanceof Error ? fault.name : "" };
}
