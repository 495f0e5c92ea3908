/** The OpenAPI 3.1 document, made from the routes and the registry of codes. */
import type { ProblemCode } from "../../core/problem-codes.ts";
import { PROBLEMS } from "../../core/problem-codes.ts";
import { Problem } from "../../core/problem.ts";
import { NotReady, problemDocument } from "../problem-document.ts";
import { IDEMPOTENCY_KEY } from "../repeat.ts";
import type { Examples, Parameter, RouteDescription } from "../route.ts";
import { isOpen } from "../route.ts";
import { ANSWER_SCHEMAS } from "./answer-schemas.ts";
import { COUNTER_SCHEMAS } from "./counter-schemas.ts";
import { GBT36906_SCHEMAS } from "./gbt36906-schemas.ts";
import {
  ANSWER_HEADERS,
  HEADER_PARAMETERS,
  answerHeaders,
  bodyWords,
  headerParameters,
  problemHeaders,
} from "./headers.ts";
import { LIST_SCHEMAS } from "./list-schemas.ts";
import { OFFLINE_SCHEMAS } from "./offline-schemas.ts";
import { OVERVIEW_SCHEMAS } from "./overview-schemas.ts";
import { RECORD_SCHEMAS } from "./record-schemas.ts";
import { REQUEST_SCHEMAS } from "./request-schemas.ts";
import type { HoldingSchemaName, Schema, SchemaName } from "./schema.ts";
import { ref } from "./schema.ts";
import { SERVICE_SCHEMAS } from "./service-schemas.ts";
import { USE_SCHEMAS } from "./use-schemas.ts";

const SCHEMAS: Readonly<Record<Exclude<SchemaName, HoldingSchemaName>, Schema>> = {
  ...REQUEST_SCHEMAS,
  ...ANSWER_SCHEMAS,
  ...COUNTER_SCHEMAS,
  ...RECORD_SCHEMAS,
  ...OVERVIEW_SCHEMAS,
  ...LIST_SCHEMAS,
  ...GBT36906_SCHEMAS,
  ...SERVICE_SCHEMAS,
  ...USE_SCHEMAS,
  ...OFFLINE_SCHEMAS,
};

const DESCRIPTION = `Verifies electronic certificates (电子证照) issued in any region.

A counter sends what it scanned to \`POST /v1/verifications\` and gets a verdict with its reasons. The \
verdict is data: rejected and indeterminate are answered with 200 as accepted is. Other statuses are \
about the request or the service, never about a certificate.

Problems are \`application/problem+json\` (RFC 9457) with a stable code, words and a remedy. Clients ignore \
members that they don't know.

How often a caller may ask is in \`RateLimit-Policy\`; beyond it 429 says with \`Retry-After\` when to come \
again. Lists come in pages of at most 1,000. Words are in Chinese and English side by side.`;

const TAGS = [
  { name: "verification", description: "核验: is it authentic, and may it be used here and now?" },
  { name: "ledger", description: "链上记录: what the chain holds, as read so far." },
  { name: "service", description: "服务状态: how the service itself is." },
];

const SECURITY_SCHEMES = {
  apiKey: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "lzk_<id>_<secret>",
    description: "An API key, as `lz client add` writes it (接口密钥).",
  },
  accessToken: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description:
      "An access token of the identity provider that the service is configured for (访问令牌).",
  },
  clientCertificate: {
    type: "mutualTLS",
    description: "A TLS certificate registered for the client (客户端证书).",
  },
} as const;

const REFUSALS = [
  "UNAUTHENTICATED",
  "TOO_MANY_REQUESTS",
  "LOCKED_OUT",
  "IDENTITY_UNREACHABLE",
] as const satisfies readonly ProblemCode[];

const EXAMPLE_REQUEST = "8d7f6a1e-5b0c-4b3e-9d2f-1c0a9b8e7d6f";
const EXAMPLE_DETAILS: Partial<Record<ProblemCode, string>> = {
  BODY_MALFORMED: "body.region: must match pattern",
  PARAMETER_INVALID: "query.limit: must be <= 1000",
  BODY_TOO_LARGE: "body: more than 262144 bytes",
  MEDIA_TYPE: "Content-Type: application/json expected",
};

const OTHER_PROBLEM = {
  description: "Any other problem; its code says which.",
  headers: problemHeaders([]),
  content: describeContent("application/problem+json", { schema: "Problem", examples: {} }),
};

const LICENCE = { name: "Apache-2.0", identifier: "Apache-2.0" };

export interface ApiDocument {
  readonly openapi: string;
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description: string;
    readonly license: typeof LICENCE;
  };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, unknown>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: typeof HEADER_PARAMETERS;
    readonly headers: typeof ANSWER_HEADERS;
    readonly securitySchemes: typeof SECURITY_SCHEMES;
  };
}

/** What is said of a service as a whole, and the schemas that its routes name. */
export interface ApiWords {
  readonly title: string;
  readonly description: string;
  readonly tags: ApiDocument["tags"];
  readonly schemas: ApiDocument["components"]["schemas"];
}

export const VERIFIER: ApiWords = {
  title: "Liangzheng verifier (亮证核验服务)",
  description: DESCRIPTION,
  tags: TAGS,
  schemas: SCHEMAS,
};

export function describeApi(
  routes: readonly RouteDescription[],
  version: string,
  { title, description, tags, schemas }: ApiWords = VERIFIER,
): ApiDocument {
  return {
    openapi: "3.1.0",
    info: { title, version, description, license: LICENCE },
    servers: [{ url: "/" }],
    tags,
    paths: describePaths(routes),
    components: {
      schemas,
      parameters: HEADER_PARAMETERS,
      headers: ANSWER_HEADERS,
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

/** Several methods may share a path. */
function describePaths(routes: readonly RouteDescription[]): ApiDocument["paths"] {
  const paths = [...Map.groupBy(routes, ({ path }) => path)].map(([path, sharing]) => {
    const operations = sharing.map((route) => [route.method, describeOperation(route)] as const);
    return [path, Object.fromEntries(operations)] as const;
  });
  return Object.fromEntries(paths);
}

function describeOperation(route: RouteDescription) {
  const { operationId, tag, summary, description, body } = route;
  return {
    operationId,
    tags: [tag],
    summary,
    description,
    ...describeSecurity(route),
    parameters: describeParameters(route),
    ...(body !== undefined && {
      requestBody: {
        required: true,
        description: bodyWords(route),
        content: describeContent("application/json", body),
      },
    }),
    responses: {
      "200": describeAnswer(route),
      ...(route.caching !== undefined && describeUnchanged(route)),
      ...describeProblems([...route.problems, ...repeatsOf(route), ...refusalsOf(route)]),
      default: OTHER_PROBLEM,
    },
  };
}

/** An empty requirement says that none is needed; the roles that may call are in `x-roles`. */
function describeSecurity(route: RouteDescription) {
  if (route.limit === "none") return { security: [] };
  const schemes = Object.keys(SECURITY_SCHEMES).map((name) => ({ [name]: [] }));
  return { security: [...(isOpen(route) ? [{}] : []), ...schemes], "x-roles": route.roles };
}

/** What a repeated call may end in. */
function repeatsOf({ isRepeatable }: RouteDescription): readonly ProblemCode[] {
  return isRepeatable === true ? ["REPEAT_DIFFERS", "REPEAT_UNDER_WAY"] : [];
}

/** What may refuse any caller of a route, and what one without the role. */
function refusalsOf(route: RouteDescription): readonly ProblemCode[] {
  if (route.limit === "none") return [];
  return isOpen(route) ? REFUSALS : [...REFUSALS, "FORBIDDEN"];
}

function describeParameters(route: RouteDescription) {
  return [
    ...route.parameters.map(describeParameter),
    ...(route.isRepeatable === true ? [{ ...IDEMPOTENCY_KEY, required: false }] : []),
    ...headerParameters(route),
  ];
}

function describeParameter(parameter: Parameter) {
  return { ...parameter, required: parameter.in === "path" };
}

function describeAnswer(route: RouteDescription) {
  const { answer } = route;
  const { description, mediaType = "application/json", isPageToo } = answer;
  const content = {
    ...describeContent(mediaType, answer),
    ...(isPageToo === true && { "text/html": { schema: { type: "string" }, examples: {} } }),
  };
  return { description, headers: answerHeaders(route), content };
}

function describeUnchanged(route: RouteDescription) {
  const description = "As the answer with that ETag; how old it is, is not said.";
  return { "304": { description, headers: answerHeaders(route) } };
}

/** Codes that share a status share a response. */
function describeProblems(codes: readonly ProblemCode[]) {
  const byStatus = Map.groupBy([...codes, "INTERNAL" as const], (code) => PROBLEMS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, sharing]) => [String(status), describeProblem(sharing)]),
  );
}

function describeProblem(codes: readonly ProblemCode[]) {
  const examples = Object.fromEntries(codes.map((code) => [code, exampleOf(code)]));
  return {
    description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].words.en}`).join(" "),
    headers: problemHeaders(codes),
    content: describeContent("application/problem+json", { schema: "Problem", examples }),
  };
}

function exampleOf(code: ProblemCode) {
  const problem =
    code === "NOT_READY"
      ? new NotReady({
          ageSeconds: 95,
          lastProblem: "RPC_TIMEOUT",
          unready: ["the view of the chain is 95 s old"],
        })
      : new Problem(code, EXAMPLE_DETAILS[code] ?? "…");
  return problemDocument(problem, EXAMPLE_REQUEST, "zh-CN");
}

function describeContent(
  mediaType: string,
  { schema, examples }: { readonly schema: SchemaName; readonly examples: Examples },
) {
  const named = Object.entries(examples).map(([name, value]) => [name, { value }] as const);
  return { [mediaType]: { schema: ref(schema), examples: Object.fromEntries(named) } };
}
