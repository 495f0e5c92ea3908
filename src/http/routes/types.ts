/** GET /v1/types: which certificates there are. */
import { ledgerOf, requireView } from "../ledger-view.ts";
import { EXAMPLE_INSTANT, EXAMPLE_ROOT, EXAMPLE_TYPE, examplePage } from "../openapi/examples.ts";
import type { PageParameters } from "../page.ts";
import { PAGE_PARAMETERS, pageOf } from "../page.ts";
import type { TypeRecord } from "../records/type-record.ts";
import { typeRecord } from "../records/type-record.ts";
import { defineRoute } from "../route.ts";

const exampleType: TypeRecord = {
  code: EXAMPLE_TYPE,
  region: "0",
  regionName: { zh: "全国", en: "the whole country" },
  isRetired: false,
  versions: [
    {
      version: 1,
      name: { zh: "结婚证", en: "Marriage certificate" },
      schemaHash: EXAMPLE_ROOT,
      alwaysDisclosed: ["holderName"],
      validity: "from=registrationDate",
      effectiveFrom: EXAMPLE_INSTANT,
      uri: "",
      publishedAt: EXAMPLE_INSTANT,
    },
  ],
};

export const listTypes = defineRoute<PageParameters>(
  {
    method: "get",
    path: "/v1/types",
    operationId: "listTypes",
    tag: "ledger",
    summary: "证照类型列表",
    description: "Every certificate type that was ever published, in the order of publication.",
    parameters: PAGE_PARAMETERS,
    answer: {
      schema: "TypePage",
      examples: { page: examplePage(exampleType) },
      description: "One page of certificate types.",
    },
    caching: "ledger",
    roles: ["anyone"],
    problems: ["PARAMETER_INVALID", "NOT_READY"],
  },
  ({ service, parameters }) => {
    const view = requireView(service);
    const list = {
      name: "types",
      records: view.state.types.values(),
      isAskedFor: () => true,
      toItem: typeRecord,
    };
    return pageOf(list, parameters, ledgerOf(service, view));
  },
);
