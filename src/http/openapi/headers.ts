/** Headers of requests and answers, and how much is taken, as the document tells them. */
import { PROBLEMS } from "../../core/problem-codes.ts";
import type { ProblemCode } from "../../core/problem-codes.ts";
import { DEFAULT_BODY_BYTES } from "../http-service.ts";
import type { RouteDescription } from "../route.ts";
import type { Schema } from "./schema.ts";

const string: Schema = { type: "string" };

export const HEADER_PARAMETERS = {
  AcceptLanguage: {
    name: "Accept-Language",
    in: "header",
    required: false,
    description:
      "In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en.",
    schema: { ...string, default: "zh-CN", examples: ["zh-HK", "en"] },
  },
  RequestId: {
    name: "X-Request-Id",
    in: "header",
    required: false,
    description:
      "Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn.",
    schema: { ...string, pattern: "^[A-Za-z0-9-]{1,64}$" },
  },
  IfNoneMatch: {
    name: "If-None-Match",
    in: "header",
    required: false,
    description: "An ETag had before: where the answer is still that, it is 304 without a body.",
    schema: string,
  },
} as const;

export const ANSWER_HEADERS = {
  RequestId: {
    description: "The call's id in the log: quote it when asking for help.",
    schema: string,
  },
  ETag: {
    description: "Send it as If-None-Match, and 304 says that the answer is as before.",
    schema: string,
  },
  RateLimitPolicy: {
    description:
      'How many calls in how many seconds (draft-ietf-httpapi-ratelimit-headers): `"client";q=600;w=60`.',
    schema: string,
  },
  RateLimit: {
    description: 'How many are left, and for how many seconds: `"client";r=599;t=60`.',
    schema: string,
  },
  RetryAfter: {
    description: "After how many seconds to try again.",
    schema: { type: "integer", minimum: 1 },
  },
} as const;

type HeaderName = keyof typeof ANSWER_HEADERS;

const WRITTEN: Readonly<Record<HeaderName, string>> = {
  ...{ RequestId: "X-Request-Id", ETag: "ETag", RetryAfter: "Retry-After" },
  ...{ RateLimitPolicy: "RateLimit-Policy", RateLimit: "RateLimit" },
};

export function headerParameters({ caching }: RouteDescription): readonly Schema[] {
  const names = ["AcceptLanguage", "RequestId", ...(caching === undefined ? [] : ["IfNoneMatch"])];
  return names.map((name) => ({ $ref: `#/components/parameters/${name}` }));
}

/** @returns the member `headers` of a response */
export function answerHeaders({ caching, limit }: RouteDescription): Schema {
  return refer([
    "RequestId",
    ...(limit === "none" ? [] : (["RateLimitPolicy", "RateLimit"] as const)),
    ...(caching === undefined ? [] : (["ETag"] as const)),
  ]);
}

export function problemHeaders(codes: readonly ProblemCode[]): Schema {
  const isPassing = codes.some((code) => isWorthWaitingFor(code));
  return refer(["RequestId", ...(isPassing ? (["RetryAfter"] as const) : [])]);
}

function isWorthWaitingFor(code: ProblemCode): boolean {
  const { status } = PROBLEMS[code];
  return status === 429 || status === 503 || code === "REPEAT_UNDER_WAY";
}

function refer(names: readonly HeaderName[]): Schema {
  const all = names.map((name) => [WRITTEN[name], { $ref: `#/components/headers/${name}` }]);
  return Object.fromEntries(all) as Schema;
}

export function bodyWords({ bodyBytes = DEFAULT_BODY_BYTES }: RouteDescription): string {
  return `UTF-8, uncompressed, at most ${String(bodyBytes)} bytes.`;
}
