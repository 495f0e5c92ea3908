/** GET /v1/receipts/{id}: a receipt, for whoever it was made out to. */
import { RECEIPT_ID } from "../openapi/use-schemas.ts";
import { defineRoute } from "../route.ts";

export const showReceipt = defineRoute<{ readonly id: string }>(
  {
    method: "get",
    path: "/v1/receipts/{id}",
    operationId: "showReceipt",
    tag: "verification",
    summary: "领取核验回执",
    description:
      "The receipt of one verification, signed: for the client that verified, and for auditors. Later it can be " +
      "judged again on the chain as it was then.",
    parameters: [
      { name: "id", in: "path", schema: RECEIPT_ID, description: "As the answer's `receipt.id`." },
    ],
    answer: {
      schema: "SignedReceipt",
      examples: {
        receipt: {
          id: "3f6a0c21b9d4-1041",
          strand: "3f6a0c21b9d4",
          number: 1041,
          hash: "9c".repeat(32),
          receipt: "eyJhbGciOiJFUzI1NiIsInR5cCI6Imx6LXJlY2VpcHQrand0In0.e30.c2lnbmVk",
        },
      },
      description: "The receipt.",
    },
    roles: ["counter", "agency", "authority", "auditor"],
    problems: ["PARAMETER_INVALID", "NOT_FOUND"],
  },
  ({ service, caller, parameters: { id } }) => service.uses.receipt(caller, id),
);
