/** GET /v1/agencies/{code}/history: what became of an agency. */
import { Problem } from "../../core/problem.ts";
import { ledgerOf, requireView } from "../ledger-view.ts";
import { EXAMPLE_AGENCY, EXAMPLE_INSTANT, exampleLedger } from "../openapi/examples.ts";
import { AGENCY_CHANGES, agencyHistory } from "../records/agency-history.ts";
import type { AgencyChange } from "../records/agency-history.ts";
import { defineRoute } from "../route.ts";
import { CODE_PARAMETER } from "./agency.ts";

const example: AgencyChange = {
  kind: "AgencyRegistered",
  words: AGENCY_CHANGES.AgencyRegistered,
  recordedAt: EXAMPLE_INSTANT,
  effectiveFrom: EXAMPLE_INSTANT,
  about: "active",
};

export const showAgencyHistory = defineRoute<{ readonly code: string }>(
  {
    method: "get",
    path: "/v1/agencies/{code}/history",
    operationId: "showAgencyHistory",
    tag: "ledger",
    summary: "发证机关沿革",
    description:
      "What became of an agency and its document keys. Operators and entitlements are told by " +
      "`lz history`, which reads the chain itself.",
    parameters: [CODE_PARAMETER],
    answer: {
      schema: "AgencyHistory",
      examples: {
        history: { code: EXAMPLE_AGENCY, changes: [example], ledger: exampleLedger },
      },
      description: "Its history.",
    },
    caching: "ledger",
    roles: ["anyone"],
    problems: ["PARAMETER_INVALID", "AGENCY_UNKNOWN", "NOT_READY"],
  },
  ({ service, parameters: { code } }) => {
    const view = requireView(service);
    const agency = view.state.agencies.get(code);
    if (agency === undefined) throw new Problem("AGENCY_UNKNOWN", `path.code: ${code}`);
    return { code, changes: agencyHistory(agency), ledger: ledgerOf(service, view) };
  },
);
