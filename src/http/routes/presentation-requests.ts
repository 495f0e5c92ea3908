/** /v1/presentation-requests: a counter asks, and whoever is asked sees who asks and why. */
import type { Client } from "../../app/access/access.ts";
import { findRequest, requestPresentation } from "../../app/counter/presentation-requests.ts";
import type { MadeRequest, RequestOrder } from "../../app/counter/presentation-requests.ts";
import { tellRequest } from "../../app/counter/told-request.ts";
import type { ToldRequest } from "../../app/counter/told-request.ts";
import { Problem } from "../../core/problem.ts";
import { EXAMPLE_TYPE } from "../openapi/examples.ts";
import { defineRoute } from "../route.ts";
import type { Parameter } from "../route.ts";

const ID = "8QZ3vN1xT0eYb2kLw6mRfA";
const asked = { type: EXAMPLE_TYPE, useCause: "办理婚姻登记信息查询" };
const shared = {
  id: ID,
  audience: "三亚市政务服务中心3号窗口",
  nonce: "00112233445566778899aabbccddeeff",
  expiresAt: "2026-04-11T00:05:00Z",
};

const exampleMade: MadeRequest = {
  ...shared,
  code: "048213",
  claims: ["holderName"],
  text: `https://verify.example.gov.cn/r#${ID}`,
};

const exampleTold: ToldRequest = {
  ...shared,
  ...asked,
  state: "open",
  region: "460200",
  regionName: { zh: "海南省（460200）", en: "Hainan (460200)" },
  purpose: "460200-MZ-001",
  purposeName: { zh: "婚姻登记信息查询", en: "Marriage registration inquiry" },
  typeName: { zh: "结婚证", en: "Marriage certificate" },
  claims: [{ name: "holderName", words: { zh: "持证人姓名", en: "Holder's name" } }],
  requiresHolder: true,
};

export const ID_PARAMETER: Parameter = {
  name: "id",
  in: "path",
  schema: { type: "string", pattern: "^[A-Za-z0-9_-]{22}$" },
  description: "The request's id (请求编号).",
};

export const createPresentationRequest = defineRoute<unknown, RequestOrder>(
  {
    method: "post",
    path: "/v1/presentation-requests",
    parameters: [],
    operationId: "createPresentationRequest",
    tag: "verification",
    summary: "发起亮证请求",
    description:
      "Asks a holder to show a certificate, be it to a camera or from afar. What may be asked for is bounded by " +
      "the service item. The holder scans `text` or enters `code`; once `state` is `answered`, verify it with " +
      "`POST /v1/verifications {presentationRequest}` within two minutes.",
    body: {
      schema: "PresentationRequestOrder",
      examples: { ask: { ...asked, purpose: "460200-MZ-001", claims: ["holderName"] } },
    },
    answer: {
      schema: "MadePresentationRequest",
      examples: { made: exampleMade },
      description: "The request as the counter shows it to the holder.",
    },
    isRepeatable: true,
    roles: ["counter"],
    problems: [
      ...(["BODY_MALFORMED", "BODY_TOO_LARGE", "MEDIA_TYPE"] as const),
      ...(["PURPOSE_UNKNOWN", "PURPOSE_NOT_ALLOWED", "CLAIM_NOT_ALLOWED"] as const),
    ],
  },
  ({ service, caller, body }) => requestPresentation(service.desk, caller.client as Client, body),
);

export const findPresentationRequest = defineRoute<{ readonly code?: string }>(
  {
    method: "get",
    path: "/v1/presentation-requests",
    operationId: "findPresentationRequest",
    tag: "verification",
    summary: "按请求码查询亮证请求",
    description:
      "The request that a clerk's six digits name: who asks, why, and what for. Never the answer.",
    parameters: [
      {
        name: "code",
        in: "query",
        schema: { type: "string", pattern: "^[0-9]{6}$" },
        description: "Six digits (请求码). Required.",
      },
    ],
    limit: "strict",
    answer: {
      schema: "PresentationRequest",
      examples: { open: exampleTold },
      description: "The request.",
    },
    roles: ["anyone"],
    problems: ["PARAMETER_INVALID", "PRESENTATION_REQUEST_UNKNOWN"],
  },
  async ({ service: { desk }, parameters: { code } }) => {
    if (code === undefined)
      throw new Problem("PARAMETER_INVALID", "query.code: six digits expected");
    return tellRequest(desk, await findRequest(desk, { code }));
  },
);

export const showPresentationRequest = defineRoute<{ readonly id: string }>(
  {
    method: "get",
    path: "/v1/presentation-requests/{id}",
    operationId: "showPresentationRequest",
    tag: "verification",
    summary: "查询亮证请求",
    description: "Who asks, why, and what for, and whether it was answered. Never the answer.",
    parameters: [ID_PARAMETER],
    answer: {
      schema: "PresentationRequest",
      examples: { open: exampleTold },
      description: "The request.",
    },
    roles: ["anyone"],
    problems: ["PARAMETER_INVALID", "PRESENTATION_REQUEST_UNKNOWN"],
  },
  async ({ service: { desk }, parameters: { id } }) => {
    return tellRequest(desk, await findRequest(desk, { id }));
  },
);
