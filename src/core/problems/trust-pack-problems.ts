/** What can be wrong with a trust pack. */
import type { ProblemWords } from "./problem-words.ts";

export const TRUST_PACK_PROBLEMS = {
  TRUST_PACK_INVALID: {
    words: { zh: "离线信任包无效", en: "The trust pack is not what a service signed." },
    remedy: {
      zh: "用 lz trust-pack save 重新下载；仍无效时核对服务的公钥",
      en: "Fetch it anew with lz trust-pack save; if it persists, compare the service's public key.",
    },
    exit: 65,
    status: 400,
  },
  TRUST_PACK_OUT_OF_STEP: {
    words: {
      zh: "增量信任包与现有信任包不衔接",
      en: "The increment goes on from another trust pack.",
    },
    remedy: { zh: "重新下载完整的信任包", en: "Fetch the whole pack." },
    exit: 65,
    status: 409,
  },
} as const satisfies Record<string, ProblemWords>;
