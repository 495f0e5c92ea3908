/** GET /v1/batches/{agency}/{root}: one batch. */
import { Problem } from "../../core/problem.ts";
import { findAnchor } from "../../core/ledger/anchors.ts";
import { STATUS_NAMES } from "../../core/ledger/statuses.ts";
import { requireView } from "../ledger-view.ts";
import {
  EXAMPLE_AGENCY,
  EXAMPLE_INSTANT,
  EXAMPLE_ROOT,
  EXAMPLE_TYPE,
} from "../openapi/examples.ts";
import { AGENCY_CODE, ROOT } from "../openapi/identifiers.ts";
import type { BatchRecord } from "../records/batch-record.ts";
import { batchRecord } from "../records/batch-record.ts";
import type { Parameter } from "../route.ts";
import { defineRoute } from "../route.ts";

const none = Object.fromEntries([...STATUS_NAMES.values()].map(({ name }) => [name, 0]));

export const exampleBatch: BatchRecord = {
  agency: EXAMPLE_AGENCY,
  root: EXAMPLE_ROOT,
  type: EXAMPLE_TYPE,
  schemaVersion: 1,
  size: 1000,
  suite: "keccak256",
  sequence: 1,
  head: EXAMPLE_ROOT,
  manifestHash: `0x${"00".repeat(32)}`,
  operator: `0x${"51".repeat(20)}`,
  assurance: 4,
  isDistrusted: false,
  anchoredAt: EXAMPLE_INSTANT,
  block: 7,
  transaction: EXAMPLE_ROOT,
  status: {
    name: "active",
    words: { zh: "有效", en: "active" },
    effectiveFrom: null,
    recordedAt: null,
    reason: null,
  },
  certificates: { ...none, active: 998, suspended: 1, revoked: 1 },
};

export const BATCH_PARAMETERS: readonly Parameter[] = [
  {
    name: "agency",
    in: "path",
    schema: AGENCY_CODE,
    description: "Who anchored it (发证机关), by its unified social credit code.",
  },
  { name: "root", in: "path", schema: ROOT, description: "Its Merkle root (批次根)." },
];

interface Parameters {
  readonly agency: string;
  readonly root: string;
}

export const showBatch = defineRoute<Parameters>(
  {
    method: "get",
    path: "/v1/batches/{agency}/{root}",
    operationId: "showBatch",
    tag: "ledger",
    summary: "查询一个批次",
    description:
      "The chain's record of one batch, its status, and how many certificates have which.",
    parameters: BATCH_PARAMETERS,
    answer: {
      schema: "Batch",
      examples: { batch: exampleBatch },
      description: "The batch.",
    },
    caching: "ledger",
    roles: ["anyone"],
    problems: ["PARAMETER_INVALID", "NOT_FOUND", "NOT_READY"],
  },
  ({ service, parameters: { agency, root } }) => {
    const { state } = requireView(service);
    const anchor = findAnchor(state, agency, root);
    if (anchor === undefined) throw new Problem("NOT_FOUND", `no batch ${agency}/${root}`);
    return batchRecord(state, anchor);
  },
);
