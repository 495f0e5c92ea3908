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

export function faultWords(fault: unknown): ToldFault {
  if (fault instanceof WalletFault) {
    const isQuoted = fault.code === "NOT_PROVEN" || fault.code === "FILE_MALFORMED";
    return { ...WALLET_FAULTS[fault.code], code: isQuoted ? fault.detail : "" };
  }
  if (fault instanceof ServiceProblem) {
    const { words, remedy, code } = fault.document;
    return { words, remedy, code };
  }
  if (fault instanceof ServiceUnreachable) return { ...WALLET_FAULTS.OFFLINE, code: "" };
  return { ...UNEXPECTED, code: fault instanceof Error ? fault.name : "" };
}
