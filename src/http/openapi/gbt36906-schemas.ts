/** The envelope of the adapter for systems in the manner of GB/T 36906. */
import { STATUSES } from "../gbt36906/envelope.ts";
import type { Schema, SchemaName } from "./schema.ts";
import { object, text } from "./schema.ts";

const statuses = Object.entries(STATUSES).map(([status, { zh, en }]) => `${status} ${zh} ${en}`);

export const GBT36906_SCHEMAS = {
  Gbt36906Call: {
    type: "object",
    description: "What is missing is told in the answer's head.",
    properties: {
      head: {
        type: "object",
        additionalProperties: true,
        description: "`accessId`, `accessToken`.",
      },
      data: {
        type: "object",
        additionalProperties: true,
        description:
          "`useCause` (事由) of 1 to 200 characters; `certData` (a certificate file), `file` (one in base64) or " +
          "`qrcode`, as the call wants it; `purpose`, the service item, where there is one.",
      },
    },
  },
  Gbt36906Answer: object("The envelope.", {
    head: object("How it ended.", {
      status: {
        type: "integer",
        enum: Object.keys(STATUSES).map(Number),
        description: statuses.join("; "),
      },
      message: text("说明"),
    }),
    data: {
      type: ["object", "null"],
      additionalProperties: true,
      description:
        "With status 0: `result` 0 to 7, its `message`, and what is known of the certificate.",
    },
  }),
} satisfies Partial<Record<SchemaName, Schema>>;
