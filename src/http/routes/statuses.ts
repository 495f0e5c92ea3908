/** GET /v1/statuses: what became of certificates everywhere, as it was recorded. */
import { ledgerOf, requireView } from "../ledger-view.ts";
import { EXAMPLE_AGENCY, EXAMPLE_INSTANT, EXAMPLE_ROOT, examplePage } from "../openapi/examples.ts";
import type { Page, PageParameters } from "../page.ts";
import { PAGE_PARAMETERS, SINCE, cursorOf, readCursor } from "../page.ts";
import type { StatusEventRecord } from "../records/status-record.ts";
import { statusEventRecord } from "../records/status-record.ts";
import { defineRoute } from "../route.ts";

const LIST = "statuses";
/** No block has so many: whatever comes after it is of a later one. */
const LAST_LOG = 2 ** 31 - 1;

const example: StatusEventRecord = {
  agency: EXAMPLE_AGENCY,
  root: EXAMPLE_ROOT,
  indices: [41],
  name: "revoked",
  words: { zh: "吊销", en: "revoked" },
  effectiveFrom: EXAMPLE_INSTANT,
  recordedAt: EXAMPLE_INSTANT,
  reason: 7,
  by: `0x${"51".repeat(20)}`,
  block: 1000,
  transaction: EXAMPLE_ROOT,
};

interface Parameters extends PageParameters {
  readonly since?: number;
}

export const listStatuses = defineRoute<Parameters>(
  {
    method: "get",
    path: "/v1/statuses",
    operationId: "listStatuses",
    tag: "ledger",
    summary: "证照状态变更列表",
    description: "Every change of a status that was ever recorded, in the order of the chain.",
    parameters: [SINCE, ...PAGE_PARAMETERS],
    answer: {
      schema: "StatusEventPage",
      examples: { page: { ...examplePage(example), total: null } },
      description: "One page of changes.",
    },
    caching: "ledger",
    roles: ["anyone"],
    problems: ["PARAMETER_INVALID", "NOT_READY"],
  },
  async ({ service, parameters }): Promise<Page<StatusEventRecord>> => {
    const ledger = ledgerOf(service, requireView(service));
    const { limit } = parameters;
    const found = await service.statusEvents(beginOf(parameters), limit + 1);
    const events = found.slice(0, limit);
    const last = events.at(-1)?.position;
    const hasMore = found.length > limit && last !== undefined;
    const next = hasMore ? cursorOf(LIST, [last.block, last.logIndex]) : null;
    return { items: events.map(statusEventRecord), next, total: null, limit, ledger };
  },
);

/** After which place a page begins. */
function beginOf({ cursor, since = -1 }: Parameters): { block: number; logIndex: number } {
  if (cursor === undefined) return { block: since, logIndex: LAST_LOG };
  const [block, logIndex] = readCursor(LIST, cursor, 2) as [number, number];
  return { block, logIndex };
}
