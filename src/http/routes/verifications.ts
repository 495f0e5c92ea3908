/** POST /v1/verifications: what a counter was shown in, a verdict out. */
import { carryOut } from "../../app/counter/verification-order.ts";
import type { ProblemCode } from "../../core/problem-codes.ts";
import { answerExamples } from "../openapi/examples.ts";
import { defineRoute } from "../route.ts";
import type { VerificationBody } from "../verification-body.ts";
import { orderOf } from "../verification-body.ts";

export const VERIFICATION_PROBLEMS: readonly ProblemCode[] = [
  ...(["BODY_MALFORMED", "BODY_TOO_LARGE", "MEDIA_TYPE", "QUOTA_EXCEEDED"] as const),
  ...(["USE_CAUSE_REQUIRED", "COUNTER_MISMATCH", "PURPOSE_NOT_ALLOWED"] as const),
  ...(["REFERENCE_HOST_UNKNOWN", "REFERENCE_SPENT", "REFERENCE_UNREACHABLE"] as const),
  ...(["PRESENTATION_REQUEST_UNKNOWN", "PRESENTATION_REQUEST_EXPIRED"] as const),
  ...(["PRESENTATION_REQUEST_UNANSWERED", "PRESENTATION_REQUEST_SPENT"] as const),
];

export const createVerification = defineRoute<unknown, VerificationBody>(
  {
    method: "post",
    path: "/v1/verifications",
    parameters: [],
    operationId: "createVerification",
    tag: "verification",
    summary: "核验一份证照",
    description:
      "Verifies one presentation or certificate file. A signed presentation is accepted once: the second " +
      "time its verdict is rejected with REPLAYED. Anyone may ask and is told verdict, type, agency and " +
      "validity. A counter with a credential asks as itself, says what for (`useCause`) and is told the claims " +
      "that its service item has a right to, others masked; every verification leaves a record, and the counter " +
      "gets its receipt.",
    body: {
      schema: "VerificationRequest",
      examples: {
        scanned: { presentation: "LZ1:6BF%…", region: "460000" },
        atACounter: {
          presentation: "LZ1:6BF%…",
          region: "460200",
          purpose: "婚姻登记信息查询",
          useCause: "办理婚姻登记信息查询",
          audience: "三亚市政务服务中心3号窗口",
          nonce: "00112233445566778899aabbccddeeff",
          requiresHolder: true,
          requiredClaims: ["holderName"],
        },
        file: { certificate: { format: "liangzheng/1", suite: "keccak256" }, region: "460000" },
      },
    },
    answer: {
      schema: "Answer",
      examples: answerExamples,
      description: "A verdict, also where it is rejected or indeterminate.",
    },
    isRepeatable: true,
    roles: ["anyone"],
    problems: VERIFICATION_PROBLEMS,
  },
  ({ service, caller, body }) => carryOut(service.desk, caller, orderOf(body)),
  () => 1,
);
