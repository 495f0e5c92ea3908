/** GET /readyz: whether verdicts are given on a fresh view of the chain. */
import { ledgerOf, notReady, requireView } from "../ledger-view.ts";
import { exampleLedger } from "../openapi/examples.ts";
import type { RoutedService } from "../http-service.ts";
import { defineRoute } from "../route.ts";

const { block, blockTime, ageSeconds } = exampleLedger;

export const tellReadiness = defineRoute<unknown, undefined, RoutedService>(
  {
    method: "get",
    path: "/readyz",
    operationId: "tellReadiness",
    tag: "service",
    summary: "能否核验",
    description:
      "200 only while the view of the chain is fresh. Send no counters here when this fails: every " +
      "verdict would be indeterminate.",
    parameters: [],
    answer: {
      schema: "Ready",
      examples: { ready: { status: "ready", ageSeconds, block, blockTime } },
      description: "Verdicts are given.",
    },
    roles: ["anyone"],
    limit: "none",
    problems: ["NOT_READY"],
  },
  ({ service }) => {
    const view = requireView(service);
    if (!service.isReady()) throw notReady(service);
    const { block, blockTime, ageSeconds } = ledgerOf(service, view);
    return { status: "ready", ageSeconds, block, blockTime };
  },
);
