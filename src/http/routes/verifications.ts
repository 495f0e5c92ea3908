/** POST /v1/verifications: what a counter was shown in, a verdict out. */
import { answerOf } from "../../app/answer.ts";
import type { Question } from "../../app/verify-presentation.ts";
import { fromHex } from "../../core/encoding/bytes.ts";
import type { Given } from "../../core/verify/case.ts";
import { answerExamples } from "../openapi/examples.ts";
import { defineRoute } from "../route.ts";

interface VerificationRequest {
  readonly presentation?: string;
  readonly certificate?: object;
  readonly region?: string;
  readonly purpose?: string;
  readonly audience?: string;
  readonly nonce?: string;
  readonly requiresHolder?: boolean;
  readonly requiredClaims?: readonly string[];
}

export const createVerification = defineRoute<unknown, VerificationRequest>(
  {
    method: "post",
    path: "/v1/verifications",
    parameters: [],
    operationId: "createVerification",
    tag: "verification",
    summary: "核验一份证照",
    description:
      "Verifies one presentation or certificate file. A signed presentation is accepted once: the second " +
      "time its verdict is rejected with REPLAYED. The answer is the same as `lz verify` gives.",
    body: {
      schema: "VerificationRequest",
      examples: {
        scanned: { presentation: "LZ1:6BF%…", region: "460000" },
        atACounter: {
          presentation: "LZ1:6BF%…",
          region: "460200",
          purpose: "婚姻登记信息查询",
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
    problems: ["BODY_MALFORMED", "BODY_TOO_LARGE", "MEDIA_TYPE"],
  },
  async ({ service, body }) => answerOf(await service.verify(givenOf(body), questionOf(body))),
);

function givenOf({ presentation, certificate }: VerificationRequest): Given {
  return presentation === undefined ? { certificate } : { qr: presentation };
}

function questionOf(request: VerificationRequest): Question {
  const { presentation: _shown, certificate: _file, nonce, ...asked } = request;
  if (nonce === undefined) return asked;
  return { ...asked, nonce: fromHex(nonce.toLowerCase()) as Uint8Array };
}
