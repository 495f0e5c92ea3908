/** POST /v1/uses/query: where a certificate was used, for its holder. */
import type { HolderUse } from "../../app/uses/uses-desk.ts";
import { defineRoute } from "../route.ts";

interface Body {
  readonly presentation: string;
  readonly limit?: number;
  readonly cursor?: string;
}

const DEFAULT_LIMIT = 50;

const exampleUse: HolderUse = {
  id: "3f6a0c21b9d4-1041",
  at: "2026-04-11T00:00:00Z",
  client: { id: "C-7Q2K9MXA", name: "三亚市政务服务中心3号窗口" },
  region: "460200",
  purpose: "婚姻登记信息查询",
  claims: ["holderName"],
  mode: "qr",
  isHolderProven: true,
  isByDelegate: false,
  verdict: "accepted",
};

export const queryUses = defineRoute<unknown, Body>(
  {
    method: "post",
    path: "/v1/uses/query",
    operationId: "queryUses",
    tag: "verification",
    summary: "持证人查询用证记录",
    description:
      "The holder proves that it is their certificate, with a fresh signed presentation for the audience " +
      "`uses@HOST`, and is told who verified it here, when, for what, and which claims were told. No credential " +
      "is needed. The presentation may ask for page after page until it runs out.",
    parameters: [],
    body: { schema: "HolderUseQuery", examples: { first: { presentation: "LZ1:6BF%…" } } },
    answer: {
      schema: "HolderUsePage",
      examples: { page: { items: [exampleUse], next: null } },
      description: "One page of uses.",
    },
    roles: ["anyone"],
    limit: "strict",
    problems: [
      ...(["BODY_MALFORMED", "BODY_TOO_LARGE", "MEDIA_TYPE", "PARAMETER_INVALID"] as const),
      ...(["HOLDER_NOT_PROVEN", "NOT_READY"] as const),
    ],
  },
  ({ service, body: { presentation, limit = DEFAULT_LIMIT, cursor } }) => {
    const after = cursor === undefined ? {} : { cursor };
    return service.uses.ofHolder(presentation, { limit, ...after });
  },
);
