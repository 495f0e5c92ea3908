/** What can be wrong with what a holder asks of an agency's endpoint. */
import type { ProblemWords } from "./problem-words.ts";

export const HOLDING_PROBLEMS = {
  HOLDER_REQUEST_INVALID: {
    words: {
      zh: "持证人签名的请求不正确",
      en: "What the holder signed is not a request that this endpoint takes.",
    },
    remedy: {
      zh: "核对发证机关地址后重新操作；仍不行时更新应用",
      en: "Check the agency's address and try again; if it still fails, update the wallet.",
    },
    exit: 65,
    status: 400,
  },
  HOLDER_REQUEST_STALE: {
    words: {
      zh: "请求的时间与服务端相差超过五分钟",
      en: "The request's time is more than five minutes from this service's.",
    },
    remedy: {
      zh: "把手机时间设为自动校准后重试",
      en: "Let the phone set its clock by itself, then try again.",
    },
    exit: 65,
    status: 400,
  },
  HOLDER_KEY_OTHER: {
    words: {
      zh: "该证照现由另一把密钥持有",
      en: "Another key holds this certificate.",
    },
    remedy: {
      zh: "在原来的手机上操作；手机丢失时，请发证机关重新发领证码",
      en: "Use the phone that claimed it last; if it is lost, ask the agency for a new claim code.",
    },
    exit: 65,
    status: 403,
  },
  CERTIFICATE_NOT_CURRENT: {
    words: {
      zh: "证照现在不可用，不能领取或续签",
      en: "The certificate can't be used now, so that it is neither given out nor bound.",
    },
    remedy: {
      zh: "按所示原因联系发证机关",
      en: "Ask the agency about the reason shown.",
    },
    exit: 65,
    status: 409,
  },
  DELEGATION_INVALID: {
    words: {
      zh: "代亮授权的内容不符合要求",
      en: "Nobody can be let show the certificate like that.",
    },
    remedy: { zh: "按所示位置改正", en: "Correct it at the place named." },
    exit: 65,
    status: 400,
  },
  DELEGATION_UNKNOWN: {
    words: { zh: "没有这项代亮授权", en: "This key has no such delegation." },
    remedy: { zh: "刷新授权列表后再试", en: "List the delegations again." },
    exit: 65,
    status: 404,
  },
  DELEGATION_ENDED: {
    words: {
      zh: "代亮授权已收回或已到期",
      en: "The delegation was withdrawn or has run out.",
    },
    remedy: {
      zh: "请持证人重新授权",
      en: "Ask the holder for a new one.",
    },
    exit: 65,
    status: 410,
  },
  BINDING_UNREADABLE: {
    words: { zh: "绑定文件无法识别", en: "The file is no binding." },
    remedy: {
      zh: "使用 lz binding sign 写出的文件",
      en: "Use the file that lz binding sign wrote.",
    },
    exit: 65,
    status: 400,
  },
  DOCUMENT_KEY_UNFIT: {
    words: {
      zh: "签章密钥未在链上登记或不再受信任",
      en: "The document key is not one that the chain trusts for this agency now.",
    },
    remedy: {
      zh: "用 lz agency document-key add 登记该密钥，或换用已登记的密钥",
      en: "Register it with lz agency document-key add, or use one that is registered.",
    },
    exit: 65,
    status: 503,
  },
} as const satisfies Record<string, ProblemWords>;
