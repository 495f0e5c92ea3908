/** GET /v1/agencies: who issues certificates. */
import { isRegionWithin } from "../../core/identifiers/region.ts";
import type { Agency } from "../../core/ledger/state.ts";
import { ledgerOf, requireView } from "../ledger-view.ts";
import { REGION } from "../openapi/identifiers.ts";
import { examplePage } from "../openapi/examples.ts";
import type { PageParameters } from "../page.ts";
import { PAGE_PARAMETERS, pageOf } from "../page.ts";
import { agencyRecord } from "../records/agency-record.ts";
import { defineRoute } from "../route.ts";
import { exampleAgency } from "./agency.ts";

interface Parameters extends PageParameters {
  readonly region?: string;
}

export const listAgencies = defineRoute<Parameters>(
  {
    method: "get",
    path: "/v1/agencies",
    operationId: "listAgencies",
    tag: "ledger",
    summary: "发证机关列表",
    description: "Every agency that was ever registered, in the order of registration.",
    parameters: [
      {
        name: "region",
        in: "query",
        schema: REGION,
        description: "Only agencies of this region and those below it (行政区划).",
      },
      ...PAGE_PARAMETERS,
    ],
    answer: {
      schema: "AgencyPage",
      examples: { page: examplePage(exampleAgency) },
      description: "One page of agencies.",
    },
    caching: "ledger",
    roles: ["anyone"],
    problems: ["PARAMETER_INVALID", "NOT_READY"],
  },
  ({ service, parameters }) => {
    const view = requireView(service);
    const { region = "0" } = parameters;
    const list = {
      name: "agencies",
      records: view.state.agencies.values(),
      isAskedFor: (agency: Agency) => isRegionWithin(agency.region, region),
      toItem: agencyRecord,
    };
    return pageOf(list, parameters, ledgerOf(service, view));
  },
);
