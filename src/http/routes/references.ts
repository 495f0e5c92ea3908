/** /v1/references: a short code for a presentation that does not fit into one, taken once. */
import { makeReference, takeReference } from "../../app/counter/references.ts";
import { defineRoute } from "../route.ts";

interface Taking {
  readonly token: string;
  readonly taker?: string;
}

const shown = { presentation: "LZ1:6BF%…" };

export const createReference = defineRoute<unknown, { readonly presentation: string }>(
  {
    method: "post",
    path: "/v1/references",
    parameters: [],
    operationId: "createReference",
    tag: "verification",
    summary: "生成亮证引用码",
    description:
      "Keeps a presentation, sealed, for two minutes at most, and gives a short code that refers to it. Whoever " +
      "scans the code takes it, once.",
    body: { schema: "ShownPresentation", examples: { shown } },
    answer: {
      schema: "Reference",
      examples: {
        code: {
          text: "LZR:verify.example.gov.cn/8QZ3vN1xT0eYb2kLw6mRfA",
          expiresAt: "2026-04-11T00:01:00Z",
        },
      },
      description: "The code.",
    },
    roles: ["anyone"],
    problems: ["BODY_MALFORMED", "BODY_TOO_LARGE", "MEDIA_TYPE", "PRESENTATION_UNFIT"],
  },
  ({ service, body }) => makeReference(service.desk, body.presentation),
);

export const takeReferred = defineRoute<unknown, Taking>(
  {
    method: "post",
    path: "/v1/references/taking",
    parameters: [],
    operationId: "takeReferred",
    tag: "verification",
    summary: "取用亮证引用码的内容",
    description:
      "The presentation that a code refers to, for the service that verifies it: once. The token is in the body " +
      "so that it is in nobody's log. Who names itself by `taker` may take it again, should the first answer be lost.",
    body: { schema: "ReferenceTaking", examples: { token: { token: "8QZ3vN1xT0eYb2kLw6mRfA" } } },
    answer: {
      schema: "ShownPresentation",
      examples: { shown },
      description: "What the holder shows.",
    },
    roles: ["anyone"],
    problems: ["BODY_MALFORMED", "BODY_TOO_LARGE", "MEDIA_TYPE", "REFERENCE_SPENT"],
  },
  async ({ service, body: { token, taker = null } }) => {
    return { presentation: await takeReference(service.desk, token, taker) };
  },
);
