/** What can be wrong with a call that is repeated. */
import type { ProblemWords } from "./problem-words.ts";

export const REPEAT_PROBLEMS = {
  REPEAT_DIFFERS: {
    words: {
      zh: "该重复提交键已用于另一请求",
      en: "That Idempotency-Key was used for another request.",
    },
    remedy: { zh: "每次新请求换一个新的键", en: "Take a new one for each new request." },
    exit: 65,
    status: 422,
  },
  REPEAT_UNDER_WAY: {
    words: { zh: "同一请求正在处理", en: "The same call is still being worked on." },
    remedy: { zh: "稍等一秒后用同一个键重试", en: "Repeat it with the same key in a second." },
    exit: 69,
    status: 409,
  },
} as const satisfies Record<string, ProblemWords>;
