/** The verdict as a result of 0 to 7, as interfaces in the manner of GB/T 36906 number them. */
import type { Answer } from "../../app/answer.ts";
import type { CheckCode } from "../../core/verify/codes.ts";
import type { Words } from "../../core/words.ts";

export const RESULTS = {
  0: { zh: "信息正确，证照有效", en: "Correct and valid." },
  1: { zh: "信息正确，证照尚未生效", en: "Correct, not valid yet." },
  2: { zh: "信息正确，证照暂时失效", en: "Correct, suspended." },
  3: { zh: "信息正确，证照已失效", en: "Correct, valid no longer." },
  4: { zh: "信息不足，暂时无法核验", en: "Too little is known to tell now." },
  5: { zh: "查无此证照", en: "There is no such certificate." },
  6: { zh: "未提供证照信息", en: "Nothing was given to verify." },
  7: { zh: "信息有误", en: "Something in it is wrong." },
} as const satisfies Record<number, Words>;

export type VerifyResult = keyof typeof RESULTS;

const RESULT_OF: Partial<Record<CheckCode, VerifyResult>> = {
  NOT_YET_VALID: 1,
  SUSPENDED: 2,
  ...{ EXPIRED: 3, SUPERSEDED: 3, CANCELLED: 3, WITHDRAWN: 3, REVOKED: 3 },
  ...{ TRANSFERRED: 3, OTHER_STATUS: 3 },
  ...{ CLAIM_MISSING: 4, HOLDER_PROOF_REQUIRED: 4, GRANT_NOT_FOR_PURPOSE: 4 },
  ...{ ROOT_NOT_ANCHORED: 5, AGENCY_UNKNOWN: 5, WRONG_CHAIN: 5 },
};

/** Whether it is good in itself, but the caller's region does not take it: no result says that. */
export function isNotRecognised({ checks, authentic }: Answer): boolean {
  const failed = checks.filter(({ result }) => result === "fail").map(({ check }) => check);
  return authentic === true && failed.length === 1 && failed[0] === "recognition";
}

/** Of several reasons the gravest: that it is wrong, that there is none, that it ended, and so on. */
export function verifyResultOf({ verdict, checks }: Answer): VerifyResult {
  if (verdict === "accepted") return 0;
  const failed = checks.flatMap(({ result, code }) => {
    return result === "fail" && code !== undefined ? [RESULT_OF[code] ?? 7] : [];
  });
  const gravest = ([7, 5, 3, 2, 1, 4] as const).find((result) => failed.includes(result));
  return gravest ?? 4;
}
