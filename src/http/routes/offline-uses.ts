/** POST /v1/uses: what a counter verified while it had no network. */
import type { OfflineUse } from "../../app/uses/offline-use.ts";
import type { Client } from "../../app/access/access.ts";
import { EXAMPLE_ROOT } from "../openapi/examples.ts";
import { defineRoute } from "../route.ts";

interface Body {
  readonly uses: readonly OfflineUse[];
}

/** A hundred uses with as many claims each as a certificate has. */
const BODY_BYTES = 1_048_576;

const exampleUse: OfflineUse = {
  at: "2026-04-11T00:00:00Z",
  certificate: { agency: "11460200MB1234567A", root: EXAMPLE_ROOT, index: 7 },
  shown: "7b".repeat(32),
  useCause: "办理婚姻登记信息查询",
  isByDelegate: false,
  claims: ["holderName"],
  question: {
    ...{ region: "460200", purpose: "460200-MZ-001", serviceItem: null },
    ...{ requiresHolder: true, requiredClaims: ["holderName"], isReplayed: false },
    maxLedgerAge: 86_400,
  },
  results: "pppppppppp",
  codes: [],
  position: {
    ...{ block: 1024, blockHash: `0x${"b1".repeat(32)}` },
    ...{ asOf: "2026-04-10T23:00:00Z", isPending: false },
  },
};

const exampleReceipt = {
  ...{ id: "3f6a0c21b9d4-1042", strand: "3f6a0c21b9d4", number: 1042 },
  hash: "9c".repeat(32),
};

export const keepOfflineUses = defineRoute<unknown, Body>(
  {
    method: "post",
    path: "/v1/uses",
    parameters: [],
    operationId: "keepOfflineUses",
    tag: "verification",
    summary: "补报离线核验",
    description:
      "Puts into the log of uses what a counter verified on a trust pack, without a network, each as mode " +
      "`offline` with the time it was verified at. It may be told any number of times: a use that is there already " +
      "is answered with the receipt it has. One that can't be refuses the whole call, with nothing kept.",
    body: { schema: "OfflineUses", examples: { one: { uses: [exampleUse] } } },
    bodyBytes: BODY_BYTES,
    answer: {
      schema: "OfflineUseReceipts",
      examples: { one: { receipts: [exampleReceipt] } },
      description: "A receipt for each.",
    },
    roles: ["counter"],
    problems: [
      ...(["BODY_MALFORMED", "BODY_TOO_LARGE", "MEDIA_TYPE", "COUNTER_MISMATCH"] as const),
      "USE_NOT_KEPT",
    ],
  },
  async ({ service, caller, body }) => {
    return { receipts: await service.uses.keepOffline(caller.client as Client, body.uses) };
  },
);
