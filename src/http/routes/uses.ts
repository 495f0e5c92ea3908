/** GET /v1/uses: what was verified, for auditors and for each client its own. */
import type { ListedUse } from "../../app/uses/uses-desk.ts";
import { Problem } from "../../core/problem.ts";
import { CURSOR } from "../openapi/use-schemas.ts";
import type { Parameter } from "../route.ts";
import { defineRoute } from "../route.ts";

interface Parameters {
  readonly client?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
  readonly cursor?: string;
}

const exampleUse: ListedUse = {
  id: "3f6a0c21b9d4-1041",
  hash: "9c".repeat(32),
  at: "2026-04-11T00:00:00Z",
  mode: "qr",
  certificate: "5a".repeat(16),
  shown: "7b".repeat(32),
  client: "C-7Q2K9MXA",
  cause: "1d".repeat(16),
  claims: ["holderName"],
  isHolderProven: true,
  isByDelegate: false,
  question: {
    ...{ at: null, shownAt: null, asKnownAt: null, region: "460200" },
    ...{ purpose: "婚姻登记信息查询", serviceItem: null },
    ...{ audience: "三亚市政务服务中心3号窗口", nonce: null },
    ...{
      requiresHolder: true,
      requiredClaims: ["holderName"],
      isReplayed: false,
      maxLedgerAge: 30,
    },
  },
  verdict: "accepted",
  results: "pppppppppp",
  codes: [],
  position: {
    block: 1024,
    blockHash: `0x${"b1".repeat(32)}`,
    asOf: "2026-04-11T00:00:00Z",
    isPending: false,
  },
};

function timeParameter(name: "from" | "to", description: string): Parameter {
  const pattern = "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$";
  const schema = { type: "string", pattern, examples: ["2026-04-11T00:00:00Z"] };
  return {
    name,
    in: "query",
    description: `${description}, such as 2026-04-11T00:00:00Z.`,
    schema,
  };
}

export const listUses = defineRoute<Parameters>(
  {
    method: "get",
    path: "/v1/uses",
    operationId: "listUses",
    tag: "verification",
    summary: "用证记录列表",
    description:
      "An auditor lists all uses or one client's; every other client its own alone. Newest first.",
    parameters: [
      {
        name: "client",
        in: "query",
        description: "Only what this client verified (调用方).",
        schema: { type: "string", minLength: 1, maxLength: 64 },
      },
      timeParameter("from", "Not before this time (UTC)"),
      timeParameter("to", "Not after this time (UTC)"),
      {
        name: "limit",
        in: "query",
        description: "How many to answer at most (每页条数), 100 by default.",
        schema: { type: "integer", minimum: 1, maximum: 1_000, default: 100 },
      },
      { name: "cursor", in: "query", description: "The next page (下一页).", schema: CURSOR },
    ],
    answer: {
      schema: "UsePage",
      examples: { page: { items: [exampleUse], next: null } },
      description: "One page of uses.",
    },
    roles: ["counter", "agency", "authority", "auditor"],
    problems: ["PARAMETER_INVALID"],
  },
  ({ service, caller, parameters: { from, to, ...rest } }) => {
    const times = { ...timeOf("from", from), ...timeOf("to", to) };
    return service.uses.list(caller, { ...rest, ...times });
  },
);

function timeOf(
  name: "from" | "to",
  text: string | undefined,
): Partial<Record<"from" | "to", number>> {
  if (text === undefined) return {};
  const seconds = Date.parse(text) / 1000;
  if (Number.isNaN(seconds)) throw new Problem("PARAMETER_INVALID", `query.${name}: no such time`);
  return { [name]: seconds };
}
