/** GET /v1/batches/{agency}/{root}/certificates/{index}: the status of one certificate. */
import { findAnchor } from "../../core/ledger/anchors.ts";
import { Problem } from "../../core/problem.ts";
import { ledgerOf, requireView } from "../ledger-view.ts";
import {
  EXAMPLE_AGENCY,
  EXAMPLE_INSTANT,
  EXAMPLE_ROOT,
  exampleLedger,
} from "../openapi/examples.ts";
import type { CertificateStatusRecord } from "../records/status-record.ts";
import { certificateStatusRecord } from "../records/status-record.ts";
import { defineRoute } from "../route.ts";
import { BATCH_PARAMETERS } from "./batch.ts";

const MAX_INDEX = 2 ** 32 - 1;

const revoked = {
  scope: "certificate",
  name: "revoked",
  words: { zh: "吊销", en: "revoked" },
  effectiveFrom: EXAMPLE_INSTANT,
  recordedAt: EXAMPLE_INSTANT,
  reason: 7,
} as const;

const example: CertificateStatusRecord = {
  agency: EXAMPLE_AGENCY,
  root: EXAMPLE_ROOT,
  index: 41,
  status: revoked,
  history: [revoked],
};

interface Parameters {
  readonly agency: string;
  readonly root: string;
  readonly index: number;
}

export const showCertificateStatus = defineRoute<Parameters>(
  {
    method: "get",
    path: "/v1/batches/{agency}/{root}/certificates/{index}",
    operationId: "showCertificateStatus",
    tag: "ledger",
    summary: "查询一份证照的状态",
    description:
      "The status of one certificate now, with every change of it. That a number has a status says nothing " +
      "of whether a certificate that is shown has that number: a verification does.",
    parameters: [
      ...BATCH_PARAMETERS,
      {
        name: "index",
        in: "path",
        schema: { type: "integer", minimum: 0, maximum: MAX_INDEX },
        description: "Its number in the batch, from 0 (批次内序号).",
      },
    ],
    answer: {
      schema: "CertificateStatus",
      examples: { revoked: { ...example, ledger: exampleLedger } },
      description: "Its status now, and before.",
    },
    roles: ["anyone"],
    problems: ["PARAMETER_INVALID", "NOT_FOUND", "NOT_READY"],
  },
  ({ service, parameters: { agency, root, index } }) => {
    const view = requireView(service);
    const anchor = findAnchor(view.state, agency, root);
    if (anchor === undefined || index >= anchor.size) {
      throw new Problem("NOT_FOUND", `no certificate ${agency}/${root}/${String(index)}`);
    }
    const record = certificateStatusRecord(view.state, anchor, index, service.now());
    return { ...record, ledger: ledgerOf(service, view) };
  },
);
