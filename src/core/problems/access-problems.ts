/** Who may call a verification service, and how often. */
import type { ProblemWords } from "./problem-words.ts";

const askOperator = {
  zh: "请联系核验服务的运行方",
  en: "Ask whoever runs the service.",
};

export const ACCESS_PROBLEMS = {
  UNAUTHENTICATED: {
    words: { zh: "未能确认调用方身份", en: "Who calls could not be established." },
    remedy: {
      zh: "检查密钥是否完整、是否已更换或到期；新密钥由核验服务的管理人员用 lz client 发放。也可用访问令牌或客户端证书",
      en: "Check that the key is whole and in force; whoever runs the service gives new ones with lz client. An access token or a client certificate will do, too.",
    },
    exit: 65,
    status: 401,
  },
  FORBIDDEN: {
    words: { zh: "调用方无此权限", en: "The caller's role does not allow it." },
    remedy: askOperator,
    exit: 65,
    status: 403,
  },
  TOO_MANY_REQUESTS: {
    words: { zh: "调用过于频繁", en: "Too many calls in a minute." },
    remedy: {
      zh: "按 Retry-After 所说的秒数等待后重试",
      en: "Wait as many seconds as Retry-After says, then try again.",
    },
    exit: 69,
    status: 429,
  },
  QUOTA_EXCEEDED: {
    words: { zh: "今日核验额度已用完", en: "The day's quota of verifications is used up." },
    remedy: {
      zh: "等到世界时零点（北京时间八时），或请运行方调整额度",
      en: "Wait for midnight UTC (8:00 in Beijing), or ask whoever runs the service for more.",
    },
    exit: 69,
    status: 429,
  },
  LOCKED_OUT: {
    words: {
      zh: "错误凭证过多，暂停受理",
      en: "Too many wrong credentials: nothing is taken for a while.",
    },
    remedy: {
      zh: "按 Retry-After 所说的秒数等待；请检查所用密钥，怀疑泄露时立即更换",
      en: "Wait as Retry-After says and check the key in use; rotate it if someone else may have it.",
    },
    exit: 69,
    status: 429,
  },
  IDENTITY_UNREACHABLE: {
    words: {
      zh: "暂时无法确认调用方身份",
      en: "Who calls can't be established at the moment.",
    },
    remedy: {
      zh: "稍后重试；运行方请检查服务数据库与身份服务",
      en: "Try again shortly; whoever runs the service checks its database and the identity provider.",
    },
    exit: 69,
    status: 503,
  },
  CLIENT_UNKNOWN: {
    words: { zh: "没有该调用方", en: "There is no such client, or it has been ended." },
    remedy: { zh: "用 lz client list 查看", en: "See lz client list." },
    exit: 65,
    status: 404,
  },
  CREDENTIAL_TAKEN: {
    words: {
      zh: "该凭证已登记给其他调用方",
      en: "That credential belongs to a client already.",
    },
    remedy: {
      zh: "一个证书或令牌主体只能登记一次；用 lz client list 查看",
      en: "A certificate or a token's subject is registered once; see lz client list.",
    },
    exit: 65,
    status: 409,
  },
} as const satisfies Record<string, ProblemWords>;
