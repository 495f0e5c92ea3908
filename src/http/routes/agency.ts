/** GET /v1/agencies/{code}: one agency. */
import { Problem } from "../../core/problem.ts";
import { requireView } from "../ledger-view.ts";
import { EXAMPLE_AGENCY, EXAMPLE_INSTANT, EXAMPLE_TYPE } from "../openapi/examples.ts";
import { AGENCY_CODE } from "../openapi/identifiers.ts";
import type { AgencyRecord } from "../records/agency-record.ts";
import { agencyRecord } from "../records/agency-record.ts";
import type { Parameter } from "../route.ts";
import { defineRoute } from "../route.ts";

const always = { validFrom: EXAMPLE_INSTANT, validUntil: null };

export const exampleAgency: AgencyRecord = {
  code: EXAMPLE_AGENCY,
  name: "三亚市民政局",
  region: "460200",
  regionName: { zh: "海南省（460200）", en: "Hainan (460200)" },
  status: "active",
  statusSince: EXAMPLE_INSTANT,
  successor: null,
  entitlements: [{ type: EXAMPLE_TYPE, ...always, assurance: 4 }],
  documentKeys: [],
};

export const CODE_PARAMETER: Parameter = {
  name: "code",
  in: "path",
  schema: AGENCY_CODE,
  description: "Its unified social credit code (统一社会信用代码).",
};

export const showAgency = defineRoute<{ readonly code: string }>(
  {
    method: "get",
    path: "/v1/agencies/{code}",
    operationId: "showAgency",
    tag: "ledger",
    summary: "查询一个发证机关",
    description: "One agency with what it may issue and its document keys.",
    parameters: [CODE_PARAMETER],
    answer: {
      schema: "Agency",
      examples: { agency: exampleAgency },
      description: "The agency.",
    },
    caching: "ledger",
    roles: ["anyone"],
    problems: ["PARAMETER_INVALID", "AGENCY_UNKNOWN", "NOT_READY"],
  },
  ({ service, parameters: { code } }) => {
    const agency = requireView(service).state.agencies.get(code);
    if (agency === undefined) throw new Problem("AGENCY_UNKNOWN", `path.code: ${code}`);
    return agencyRecord(agency);
  },
);
