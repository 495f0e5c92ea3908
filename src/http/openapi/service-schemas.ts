/** The service itself: how it is, and what it says when it can't answer. */
import type { ProblemCode } from "../../core/problem-codes.ts";
import { PROBLEMS } from "../../core/problem-codes.ts";
import type { Schema, SchemaName } from "./schema.ts";
import { a, instant, integer, list, nullable, object, ref, text } from "./schema.ts";

const CODES = Object.keys(PROBLEMS) as ProblemCode[];

const meanings = CODES.map((code) => {
  const { words, remedy, status } = PROBLEMS[code];
  return `- \`${code}\` (${String(status)}): ${words.en} ${remedy.en} (${words.zh}；${remedy.zh})`;
});

const age: Schema = {
  type: ["integer", "null"],
  description: "The age of the view of the chain in seconds; null where it was never reached.",
};

const problem = object(
  "What went wrong (RFC 9457). It never says anything about a certificate.",
  {
    type: text("`/errors#` and the code.", { format: "uri-reference" }),
    title: text("The words in the language of Accept-Language: zh-CN (default), zh-HK or en."),
    status: integer("As the response's status.", { minimum: 400, maximum: 599 }),
    detail: text("The place and value at fault, such as `body.region: …`. Not for programs."),
    instance: text("The request's id: quote it when asking for help.", { format: "uri-reference" }),
    code: ref("ProblemCode"),
    words: a("Words", "What it means."),
    remedy: a("Words", "What to do."),
    ageSeconds: age,
    lastProblem: {
      description: "What the service met last in following the chain, with NOT_READY alone.",
      anyOf: [ref("ProblemCode"), { type: "null" }],
    },
    unready: list(
      "What keeps it from being ready, with NOT_READY alone. Not for programs.",
      text(""),
    ),
  },
  ["detail", "ageSeconds", "lastProblem", "unready"],
);

const endpoint = object("An agency's endpoint for wallets.", {
  agency: text("The agency's unified social credit code."),
  name: text("Its name."),
  url: text("Where its endpoint answers.", { format: "uri" }),
});

const helpLine = object("Whom to call for help.", { name: text(""), phone: text("") });

export const SERVICE_SCHEMAS = {
  PageSettings: object("What the pages of this service need to know of it.", {
    host: text("The name under which this service is known."),
    endpoints: list("From where wallets may fetch certificates.", ref("PageEndpoint")),
    help: nullable("Whom to call for help; null where nobody was named.", ref("HelpLine")),
    version: text("The program's version."),
  }),
  PageEndpoint: endpoint,
  HelpLine: helpLine,
  Health: object("The process is up.", {
    status: text("", { const: "up" }),
    version: text("The program's version."),
  }),
  Ready: object("Verdicts are given on a fresh view of the chain.", {
    status: text("", { const: "ready" }),
    ageSeconds: integer("The age of the view of the chain in seconds."),
    block: integer("The last block taken."),
    blockTime: instant("Its time."),
  }),
  OpenApi: {
    type: "object",
    description: "An OpenAPI 3.1 document.",
    required: ["openapi", "info", "paths"],
    properties: {
      openapi: text("", { pattern: "^3\\.1\\." }),
      info: { type: "object", additionalProperties: true },
      paths: { type: "object", additionalProperties: true },
    },
    additionalProperties: true,
  },
  Problem: problem,
  ProblemCode: text(`Stable for ever (HTTP status in brackets):\n${meanings.join("\n")}`, {
    enum: CODES,
  }),
} satisfies Partial<Record<SchemaName, Schema>>;
