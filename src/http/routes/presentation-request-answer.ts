/** POST /v1/presentation-requests/{id}/presentation: the wallet's answer. */
import { answerRequest } from "../../app/counter/presentation-requests.ts";
import { defineRoute } from "../route.ts";
import { ID_PARAMETER } from "./presentation-requests.ts";

interface Shown {
  readonly presentation: string;
}

export const answerPresentationRequest = defineRoute<{ readonly id: string }, Shown>(
  {
    method: "post",
    path: "/v1/presentation-requests/{id}/presentation",
    operationId: "answerPresentationRequest",
    tag: "verification",
    summary: "答复亮证请求",
    description:
      "Shows a certificate to the counter that asked, once. The presentation names the request's audience and " +
      "nonce and discloses the claims asked for. One that does not fit is refused with the reason, and the " +
      "request stays open; whether the certificate is still in force the counter sees.",
    parameters: [ID_PARAMETER],
    body: {
      schema: "ShownPresentation",
      examples: { shown: { presentation: "LZ1:6BF%…" } },
    },
    answer: {
      schema: "AnsweredRequest",
      examples: { answered: { id: "8QZ3vN1xT0eYb2kLw6mRfA", state: "answered" } },
      description: "The counter can verify it now.",
    },
    roles: ["anyone"],
    problems: [
      ...(["PARAMETER_INVALID", "BODY_MALFORMED", "BODY_TOO_LARGE", "MEDIA_TYPE"] as const),
      ...(["PRESENTATION_REQUEST_UNKNOWN", "PRESENTATION_REQUEST_EXPIRED"] as const),
      ...(["PRESENTATION_REQUEST_ANSWERED", "PRESENTATION_UNFIT"] as const),
    ],
  },
  async ({ service, parameters: { id }, body }) => {
    await answerRequest(service.desk, id, body.presentation);
    return { id, state: "answered" };
  },
);
