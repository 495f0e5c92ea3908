/** POST /v1/verifications/batch: many verifications in one call, each with its own end. */
import type { Caller } from "../../app/access/access.ts";
import type { CounterAnswer } from "../../app/counter/counter-answer.ts";
import { carryOut } from "../../app/counter/verification-order.ts";
import { PROBLEMS } from "../../core/problem-codes.ts";
import type { Problem } from "../../core/problem.ts";
import { toProblem } from "../../core/problem.ts";
import { answerExamples } from "../openapi/examples.ts";
import { isTold } from "../problem-document.ts";
import type { Call } from "../route.ts";
import { defineRoute } from "../route.ts";
import type { VerificationBody } from "../verification-body.ts";
import { orderOf } from "../verification-body.ts";

interface BatchBody {
  readonly items: readonly VerificationBody[];
}

type BatchEnd = { readonly answer: CounterAnswer } | { readonly problem: object };

/** Room for a hundred texts of QR codes, or as many certificate files of some claims. */
const BODY_BYTES = 2_097_152;

export const createVerificationBatch = defineRoute<unknown, BatchBody>(
  {
    method: "post",
    path: "/v1/verifications/batch",
    parameters: [],
    operationId: "createVerificationBatch",
    tag: "verification",
    summary: "批量核验",
    description:
      "Verifies up to 100 certificates, for back offices. Each item is as the body of `POST /v1/verifications` " +
      "and ends in an answer or a problem of its own, in the order of the items. Only " +
      "one that is not as described spoils the others: it is refused with its place, and nothing is done.",
    body: {
      schema: "VerificationBatch",
      examples: {
        two: {
          items: [
            { presentation: "LZ1:6BF%…", useCause: "年度资格复核" },
            { certificate: { format: "liangzheng/1" }, useCause: "年度资格复核" },
          ],
        },
      },
    },
    bodyBytes: BODY_BYTES,
    answer: {
      schema: "VerificationBatchAnswer",
      examples: { two: { answers: [{ answer: answerExamples.accepted }, { problem: example() }] } },
      description: "One end for each item.",
    },
    isRepeatable: true,
    roles: ["counter", "agency", "authority"],
    problems: ["BODY_MALFORMED", "BODY_TOO_LARGE", "MEDIA_TYPE", "QUOTA_EXCEEDED"],
  },
  async (call) => ({
    answers: await Promise.all(call.body.items.map((item, i) => end(call, item, i))),
  }),
  ({ items }) => items.length,
);

async function end(
  { service, caller }: Call<unknown, BatchBody>,
  item: VerificationBody,
  index: number,
): Promise<BatchEnd> {
  try {
    const order = orderOf(item);
    return {
      answer: await carryOut(service.desk, asItem(caller, index), { mode: "batch", ...order }),
    };
  } catch (error) {
    const problem = toProblem(error);
    if (!isTold(problem)) service.report?.({ requestId: null, problem });
    return { problem: problemOf(problem) };
  }
}

/** Each item uses up what it is given for itself: the same twice in one batch is a replay. */
function asItem({ attempt, ...caller }: Caller, index: number): Caller {
  if (attempt === undefined) return caller;
  return { ...caller, attempt: { ...attempt, call: `${attempt.call}/${String(index)}` } };
}

function problemOf(problem: Problem): object {
  const { code, detail } = problem;
  const { words, remedy, status } = PROBLEMS[code];
  return { code, status, ...(isTold(problem) && { detail }), words, remedy };
}

function example(): object {
  const { words, remedy, status } = PROBLEMS.USE_CAUSE_REQUIRED;
  const detail = "body.useCause: for holderName";
  return { code: "USE_CAUSE_REQUIRED", status, detail, words, remedy };
}
