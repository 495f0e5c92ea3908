/** GET /v1/overview: the ledger in numbers. */
import { overviewOf } from "../../app/overview.ts";
import type { Overview } from "../../app/overview.ts";
import { STATUS_NAMES } from "../../core/ledger/statuses.ts";
import { ledgerOf, requireView } from "../ledger-view.ts";
import { EXAMPLE_TYPE, exampleLedger } from "../openapi/examples.ts";
import { defineRoute } from "../route.ts";

const none = Object.fromEntries([...STATUS_NAMES.values()].map(({ name }) => [name, 0]));
const counts = { batches: 1, certificates: 4096 };

const example: Overview = {
  totals: { agencies: 1, types: 1, ...counts, rules: 1 },
  regions: [
    {
      region: "460000",
      regionName: { zh: "海南省", en: "Hainan" },
      ...{ active: 1, suspended: 0, closed: 0 },
    },
  ],
  types: [
    {
      type: EXAMPLE_TYPE,
      name: { zh: "结婚证", en: "Marriage certificate" },
      ...counts,
      statuses: { ...none, active: 4090, revoked: 6 },
      rules: 1,
    },
  ],
  months: [{ period: "2026-03", ...counts }],
  days: [{ period: "2026-03-14", ...counts }],
};

export const showOverview = defineRoute(
  {
    method: "get",
    path: "/v1/overview",
    operationId: "showOverview",
    tag: "ledger",
    summary: "公开目录统计",
    description:
      "Agencies by province, types, what was anchored when, and what became of it: sums over all batches, " +
      "counted once for each state of the ledger.",
    parameters: [],
    answer: {
      schema: "Overview",
      examples: { overview: { ...example, ledger: exampleLedger } },
      description: "The overview.",
    },
    caching: "ledger",
    roles: ["anyone"],
    problems: ["NOT_READY"],
  },
  ({ service }) => {
    const view = requireView(service);
    return { ...overviewOf(view.state, view.block.time), ledger: ledgerOf(service, view) };
  },
);
