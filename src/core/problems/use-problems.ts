/** What can go wrong with the use log and its receipts. */
import type { ProblemWords } from "./problem-words.ts";

export const USE_PROBLEMS = {
  USE_NOT_KEPT: {
    words: { zh: "用证记录未能保存", en: "The use could not be kept." },
    remedy: {
      zh: "未给出任何信息，请稍后重试；这不表示证照有问题",
      en: "Nothing was given out. Try again shortly; the certificate may well be good.",
    },
    exit: 69,
    status: 503,
  },
  USE_LOG_NOT_FOUND: {
    words: { zh: "找不到用证记录的合约", en: "There is no contract of use logs at that address." },
    remedy: {
      zh: "用 --use-log 指定地址；没有时运行 lz log deploy",
      en: "Name it with --use-log; where there is none yet, run lz log deploy.",
    },
    exit: 65,
    status: 500,
  },
  SERVICE_KEY_OTHER: {
    words: {
      zh: "该服务密钥不是此数据库所用的密钥",
      en: "That is not the service key that this store was begun with.",
    },
    remedy: {
      zh: "把第一台实例的 keys/service.key 复制过来；所有实例须用同一密钥",
      en: "Copy keys/service.key from the first instance: all instances have the same.",
    },
    exit: 65,
    status: 500,
  },
  RECEIPT_MALFORMED: {
    words: { zh: "不是核验回执，或已损坏", en: "It is no receipt, or it is damaged." },
    remedy: {
      zh: "检查文件是否为服务签发的回执原文",
      en: "Check that the file holds the receipt as the service signed it.",
    },
    exit: 65,
    status: 400,
  },
  RECEIPT_SIGNATURE_INVALID: {
    words: {
      zh: "回执签名无效，或签名密钥不在该服务的公钥之列",
      en: "The receipt's signature is not valid, or its key is not one of the service's.",
    },
    remedy: {
      zh: "用 --keys 指定该服务 /v1/keys 的公钥；仍不通过则不可采信",
      en: "Give the service's own keys (/v1/keys) with --keys; if it still fails, don't rely on it.",
    },
    exit: 65,
    status: 400,
  },
  HOLDER_NOT_PROVEN: {
    words: { zh: "未能证明由持证人本人出示", en: "It is not proven that its holder shows it." },
    remedy: {
      zh: "由持证人用自己的手机为该服务重新亮证（受众为 uses@服务域名）",
      en: "The holder shows it anew from their own phone, with the audience uses@ and the service's host.",
    },
    exit: 65,
    status: 403,
  },
} as const satisfies Record<string, ProblemWords>;
