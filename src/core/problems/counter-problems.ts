/** What a counter may not ask, and what can be wrong with a presentation that it asked for. */
import { correctInput } from "./problem-words.ts";
import type { ProblemWords } from "./problem-words.ts";

export const COUNTER_PROBLEMS = {
  USE_CAUSE_REQUIRED: {
    words: {
      zh: "查看个人信息须说明事由",
      en: "Personal claims are told only to who says what for.",
    },
    remedy: {
      zh: "在 useCause 中写明事由后重新提交，lz verify 用 --cause；本次未使用亮证码",
      en: "Send it again with useCause, or lz verify with --cause; the code was not used up.",
    },
    exit: 65,
    status: 422,
  },
  COUNTER_MISMATCH: {
    words: {
      zh: "请求所称的窗口或地区不是调用方自己的",
      en: "The request speaks for another counter or region than the caller's.",
    },
    remedy: {
      zh: "省略 audience 和 region，或按登记的名称和地区填写",
      en: "Leave out audience and region, or give those that the client is registered with.",
    },
    exit: 65,
    status: 403,
  },
  PURPOSE_NOT_ALLOWED: {
    words: {
      zh: "该窗口不办理此事项",
      en: "This counter does not handle that service item.",
    },
    remedy: {
      zh: "使用本窗口登记的事项，或联系核验服务的运行方",
      en: "Name an item that the client is registered for, or ask whoever runs the service.",
    },
    exit: 65,
    status: 403,
  },
  PURPOSE_UNKNOWN: {
    words: { zh: "没有该事项", en: "There is no such service item." },
    remedy: {
      zh: "按服务配置的事项代码或名称填写",
      en: "Give the code or the name of an item that the service is configured with.",
    },
    exit: 65,
    status: 422,
  },
  CLAIM_NOT_ALLOWED: {
    words: {
      zh: "该事项不得索取所列证照或信息",
      en: "The service item has no right to that certificate type or claim.",
    },
    remedy: {
      zh: "只索取该事项所需的信息",
      en: "Ask only for what the service item names.",
    },
    exit: 65,
    status: 422,
  },
  PRESENTATION_REQUEST_UNKNOWN: {
    words: { zh: "没有该亮证请求", en: "There is no such presentation request." },
    remedy: {
      zh: "核对请求码；过期的请求会被删除，请窗口重新发起",
      en: "Check the code. Old requests are deleted: ask the counter for a new one.",
    },
    exit: 65,
    status: 404,
  },
  PRESENTATION_REQUEST_EXPIRED: {
    words: { zh: "亮证请求已过期", en: "The presentation request has run out." },
    remedy: { zh: "请窗口重新发起请求", en: "Ask the counter for a new one." },
    exit: 65,
    status: 410,
  },
  PRESENTATION_REQUEST_ANSWERED: {
    words: { zh: "该亮证请求已有答复", en: "The presentation request was answered already." },
    remedy: {
      zh: "如不是本人所答，请告知窗口并重新发起请求",
      en: "If that was not you, tell the counter and ask for a new one.",
    },
    exit: 65,
    status: 409,
  },
  PRESENTATION_REQUEST_UNANSWERED: {
    words: { zh: "持证人尚未答复亮证请求", en: "The holder has not answered the request yet." },
    remedy: { zh: "等持证人亮证后再核验", en: "Verify it once the holder has answered." },
    exit: 69,
    status: 409,
  },
  PRESENTATION_REQUEST_SPENT: {
    words: {
      zh: "该亮证请求的答复已核验过，或保存期已过",
      en: "The answer to this request was verified already, or kept for as long as it may be.",
    },
    remedy: { zh: "重新发起亮证请求", en: "Make a new presentation request." },
    exit: 65,
    status: 409,
  },
  PRESENTATION_UNFIT: {
    words: {
      zh: "所亮证照不能答复该请求，请求仍然有效",
      en: "What was shown does not answer the request, which is still open.",
    },
    remedy: {
      zh: "按所列原因重新亮证",
      en: "Show it again as the codes named say.",
    },
    exit: 65,
    status: 422,
  },
  REFERENCE_HOST_UNKNOWN: {
    words: {
      zh: "亮证码指向的核验服务不在本服务的名单中",
      en: "The code refers to a service that this one does not know.",
    },
    remedy: {
      zh: "请持证人改用离线亮证码（LZ1:）",
      en: "Ask the holder for a code that holds the presentation itself (LZ1:).",
    },
    exit: 65,
    status: 422,
  },
  REFERENCE_UNREACHABLE: {
    words: {
      zh: "连接不上保存亮证内容的核验服务",
      en: "The service that keeps the presentation can't be reached.",
    },
    remedy: {
      zh: "稍后重试，或请持证人改用离线亮证码；这不表示证照有问题",
      en: "Try again, or ask for a code that holds the presentation itself; it says nothing against the certificate.",
    },
    exit: 69,
    status: 503,
  },
  REFERENCE_SPENT: {
    words: {
      zh: "亮证码已使用过或已过期",
      en: "The code was used before, has run out, or was never given.",
    },
    remedy: {
      zh: "请持证人刷新亮证码后再次出示",
      en: "Ask the holder to renew the code and show it again.",
    },
    exit: 65,
    status: 410,
  },
  SERVICE_ITEMS_INVALID: {
    words: { zh: "事项文件不正确", en: "The file of service items is not valid." },
    remedy: correctInput,
    exit: 65,
    status: 500,
  },
} as const satisfies Record<string, ProblemWords>;
