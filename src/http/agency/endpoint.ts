/** GET /v1/endpoint: whose endpoint this is, and what a request must name. */
import { defineRoute } from "../route.ts";
import type { AgencyService } from "./agency-service.ts";

export const tellEndpoint = defineRoute<unknown, undefined, AgencyService>(
  {
    method: "get",
    path: "/v1/endpoint",
    operationId: "tellEndpoint",
    tag: "holding",
    summary: "发证机关",
    description: "The agency, and how long what it signs lives.",
    parameters: [],
    answer: {
      schema: "Endpoint",
      description: "The agency.",
      examples: {
        endpoint: {
          ...{ agency: "11460200MB1234567A", name: "三亚市民政局", region: "460200" },
          ...{ audience: "claim.example.gov.cn", bindingSeconds: 604_800 },
          ...{ delegatedBindingSeconds: 86_400, version: "0.1.0" },
        },
      },
    },
    roles: ["anyone"],
    problems: [],
  },
  ({ service }) => {
    const { agency, audiences, bindingSeconds, delegatedBindingSeconds } = service.desk;
    return {
      agency,
      name: service.agencyName(),
      region: service.region(),
      audience: audiences[0],
      bindingSeconds,
      delegatedBindingSeconds,
      version: service.version,
    };
  },
);
