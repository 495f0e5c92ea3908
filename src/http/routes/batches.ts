/** GET /v1/batches: what agencies anchored. */
import type { Anchor } from "../../core/ledger/state.ts";
import { ledgerOf, requireView } from "../ledger-view.ts";
import { examplePage } from "../openapi/examples.ts";
import { AGENCY_CODE, TYPE_CODE } from "../openapi/identifiers.ts";
import type { PageParameters } from "../page.ts";
import { PAGE_PARAMETERS, SINCE, pageOf } from "../page.ts";
import { listedBatch } from "../records/batch-record.ts";
import { defineRoute } from "../route.ts";
import { exampleBatch } from "./batch.ts";

interface Filters {
  readonly agency?: string;
  readonly type?: string;
  readonly since?: number;
}

const { certificates: _, ...exampleListed } = exampleBatch;

export const listBatches = defineRoute<Filters & PageParameters>(
  {
    method: "get",
    path: "/v1/batches",
    operationId: "listBatches",
    tag: "ledger",
    summary: "批次列表",
    description: "Every batch that was ever anchored, in the order of the chain.",
    parameters: [
      {
        name: "agency",
        in: "query",
        schema: AGENCY_CODE,
        description: "Only those of this agency (发证机关).",
      },
      { name: "type", in: "query", schema: TYPE_CODE, description: "Only those of this type." },
      SINCE,
      ...PAGE_PARAMETERS,
    ],
    answer: {
      schema: "BatchPage",
      examples: { page: examplePage(exampleListed) },
      description: "One page of batches.",
    },
    caching: "ledger",
    roles: ["anyone"],
    problems: ["PARAMETER_INVALID", "NOT_READY"],
  },
  ({ service, parameters }) => {
    const view = requireView(service);
    const list = {
      name: "batches",
      records: view.state.anchors.values(),
      isAskedFor: (anchor: Anchor) => isAskedFor(anchor, parameters),
      toItem: (anchor: Anchor) => listedBatch(view.state, anchor),
    };
    return pageOf(list, parameters, ledgerOf(service, view));
  },
);

function isAskedFor({ agency, type, position }: Anchor, filters: Filters): boolean {
  const { since = -1 } = filters;
  const isOf = agency === (filters.agency ?? agency) && type === (filters.type ?? type);
  return isOf && position.block > since;
}
