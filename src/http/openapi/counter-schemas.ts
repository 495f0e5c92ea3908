/** Many verifications at once, presentation requests, and references. */
import { TYPE_CODE } from "./identifiers.ts";
import { USE_CAUSE } from "./request-schemas.ts";
import type { Schema, SchemaName } from "./schema.ts";
import { a, flag, instant, integer, list, nullable, object, ref, text } from "./schema.ts";

const MAX_ITEMS = 100;

const batchProblem = object(
  "Why an item was not verified; it never says anything about a certificate.",
  {
    code: ref("ProblemCode"),
    status: integer("The HTTP status that the item alone would have had."),
    detail: text("The place and value at fault. Not for programs."),
    words: a("Words", "What it means."),
    remedy: a("Words", "What to do."),
  },
  ["detail"],
);

const batchEnd: Schema = {
  description: "How one item ended.",
  oneOf: [ref("VerificationBatchJudged"), ref("VerificationBatchRefused")],
};

const name = text("", { minLength: 1, maxLength: 128 });
const requestId = text("请求编号: 128 random bits in base64url.", {
  pattern: "^[A-Za-z0-9_-]{22}$",
});
const nonce = text("What the presentation must answer (挑战码), in hex.", {
  pattern: "^[0-9a-f]{32}$",
});
const audience = text("Who asks: the audience that the presentation must name (窗口名称).");

/** As a counter asks. */
const requestOrder: Schema = {
  ...object(
    "What a counter wants to be shown.",
    {
      purpose: text("The service item (事项), by code or name.", name),
      useCause: USE_CAUSE,
      type: { ...TYPE_CODE, description: "The certificate type (证照类型)." },
      claims: {
        ...list("Names of the claims wanted; those that the item requires are added.", name),
        maxItems: 256,
        uniqueItems: true,
      },
      ttlSeconds: integer("For how long it may be answered, 300 by default (有效秒数).", {
        minimum: 30,
        maximum: 600,
      }),
    },
    ["ttlSeconds"],
  ),
  additionalProperties: false,
};

const madeRequest = object("A presentation request, for the counter that made it.", {
  id: requestId,
  code: text("Six digits, to be said aloud (请求码).", { pattern: "^[0-9]{6}$" }),
  audience,
  claims: list("All that are asked for.", text("")),
  nonce,
  expiresAt: instant("Until when it may be answered."),
  text: text("For a QR code: opens the page on which the holder answers.", { format: "uri" }),
});

const toldRequest = object("A presentation request, as the holder is to see it before answering.", {
  id: requestId,
  state: text("Whether it may still be answered.", {
    enum: ["open", "answered", "verified", "expired"],
  }),
  audience,
  region: nullable("The counter's region.", ref("Region")),
  regionName: nullable("行政区划名称", ref("Words")),
  purpose: text("The service item (事项), as the counter said it."),
  purposeName: nullable("事项名称", ref("Words")),
  useCause: text("What for (事由)."),
  type: TYPE_CODE,
  typeName: nullable("证照类型名称", ref("Words")),
  claims: list("The claims asked for (所需信息).", ref("RequestedClaim")),
  requiresHolder: flag("Whether the holder's own key must sign."),
  nonce,
  expiresAt: instant("Until when it may be answered."),
});

const shownPresentation: Schema = {
  ...object("What a holder shows.", {
    presentation: text("As a QR code would hold it: `LZ1:…`.", { minLength: 1, maxLength: 4096 }),
  }),
  additionalProperties: false,
};

const taker = text("A name of the taker's own making, for this taking alone.", {
  pattern: "^[A-Za-z0-9/_-]{16,100}$",
});
const token = text("What follows the host in a reference code.", {
  pattern: "^[A-Za-z0-9_-]{22}$",
});

const itemClaim = object("A claim of a certificate type.", {
  name: text(""),
  words: a("Words", "As the catalogue calls it."),
  sensitivity: text("`sensitive` needs a separate consent (敏感个人信息).", {
    enum: ["public", "personal", "sensitive"],
  }),
});

export const COUNTER_SCHEMAS = {
  ServiceItemList: object("Service items (事项).", {
    items: list("In the order of the service's own list.", ref("ServiceItem")),
  }),
  ServiceItem: object("What a matter may ask of whom, and why it usually does.", {
    code: text("Its code (事项编码)."),
    names: a("Words", "Its names."),
    requiresHolder: flag("Whether the holder's own key must sign."),
    causes: list("The usual reasons (事由).", text("")),
    types: list("What it may ask for.", ref("ServiceItemType")),
  }),
  ServiceItemType: object("A certificate type that a matter may ask for.", {
    type: TYPE_CODE,
    typeName: nullable("证照类型名称", ref("Words")),
    claims: list("Every claim of the type, as the catalogue has it.", ref("ServiceItemClaim")),
    allowed: list("Names of the claims that may be told in full.", text("")),
    required: list("Names of those without which the matter can't be settled.", text("")),
  }),
  ServiceItemClaim: itemClaim,
  PresentationRequestOrder: requestOrder,
  MadePresentationRequest: madeRequest,
  PresentationRequest: toldRequest,
  RequestedClaim: object("A claim that is asked for.", {
    name: text(""),
    words: nullable("As the catalogue calls it.", ref("Words")),
  }),
  ShownPresentation: shownPresentation,
  AnsweredRequest: object(
    "The answer is kept until the counter verifies it, two minutes at most.",
    {
      id: requestId,
      state: text("", { const: "answered" }),
    },
  ),
  Reference: object("A code that refers to a presentation.", {
    text: text("For a QR code (亮证引用码).", {
      pattern: "^LZR:[A-Za-z0-9.:-]+/[A-Za-z0-9_-]{22}$",
    }),
    expiresAt: instant("Until when it may be taken, once."),
  }),
  ReferenceTaking: {
    ...object("Which presentation to take.", { token, taker }, ["taker"]),
    additionalProperties: false,
  },
  VerificationBatch: {
    ...object("Certificates to verify.", {
      items: {
        ...list("Each as the body of one verification (待核验项).", ref("VerificationRequest")),
        minItems: 1,
        maxItems: MAX_ITEMS,
      },
    }),
    additionalProperties: false,
  },
  VerificationBatchAnswer: object("The ends, in the order of the items.", {
    answers: list("核验结果", ref("VerificationBatchEnd")),
  }),
  VerificationBatchEnd: batchEnd,
  VerificationBatchJudged: object("It was judged.", { answer: ref("Answer") }),
  VerificationBatchRefused: object("It was not judged.", {
    problem: ref("VerificationBatchProblem"),
  }),
  VerificationBatchProblem: batchProblem,
} satisfies Partial<Record<SchemaName, Schema>>;
