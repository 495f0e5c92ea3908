/**
 * The envelope of sharing interfaces in the manner of GB/T 36906, as a province's platforms use it: a head with
 * who calls, and a status in the answer's head. (The standard's text was not at hand; the numbers are those of
 * public implementations.)
 */
import { Problem } from "../../core/problem.ts";
import type { ProblemCode } from "../../core/problem-codes.ts";
import type { Words } from "../../core/words.ts";

export const STATUSES = {
  0: { zh: "成功", en: "Done." },
  2: { zh: "数据源不提供该服务", en: "This service does not offer that call." },
  10: { zh: "未找到", en: "Not found." },
  11: { zh: "身份认证未通过", en: "Not authenticated." },
  12: { zh: "缺少必填字段", en: "A field is missing." },
  100: { zh: "无权使用该类证照", en: "No right to certificates of this type." },
} as const satisfies Record<number, Words>;

export type Status = keyof typeof STATUSES;

export interface Envelope {
  readonly head: { readonly status: Status; readonly message: string };
  readonly data: unknown;
}

/** @param detail what a person may want to know beyond the status's words */
export function envelope(status: Status, data: unknown = null, detail = ""): Envelope {
  const message = [STATUSES[status].zh, detail].filter((part) => part !== "").join("：");
  return { head: { status, message }, data };
}

/** What is missing, and so answered with status 12. */
export class FieldMissing extends Problem {
  constructor(field: string) {
    super("BODY_MALFORMED", field);
  }
}

const STATUS_OF: Partial<Record<ProblemCode, Status>> = {
  BODY_MALFORMED: 12,
  UNAUTHENTICATED: 11,
  PURPOSE_NOT_ALLOWED: 100,
  ...{ REFERENCE_SPENT: 10, REFERENCE_HOST_UNKNOWN: 10 },
};

/** A problem as the envelope says it. @throws the problem itself where the envelope has no word for it: an outage */
export function envelopeOf(error: unknown): Envelope {
  const status = error instanceof Problem ? STATUS_OF[error.code] : undefined;
  if (status === undefined || !(error instanceof Problem)) throw error;
  return envelope(status, null, error.detail);
}
