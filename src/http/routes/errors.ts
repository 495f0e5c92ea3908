/** GET /errors and /errors/{code}: what the `type` of a problem document leads to. */
import type { ProblemCode } from "../../core/problem-codes.ts";
import { PROBLEMS } from "../../core/problem-codes.ts";
import { Problem } from "../../core/problem.ts";
import { ForPeople } from "../content.ts";
import { errorsPage } from "../errors-page.ts";
import type { ErrorWords } from "../errors-page.ts";
import type { RoutedService } from "../http-service.ts";
import { defineRoute } from "../route.ts";

const ERRORS: readonly ErrorWords[] = Object.entries(PROBLEMS).map(
  ([code, { status, words, remedy }]) => ({ code: code as ProblemCode, status, words, remedy }),
);

const example = ERRORS.find(({ code }) => code === "NOT_READY");

export const listErrors = defineRoute<unknown, undefined, RoutedService>(
  {
    method: "get",
    path: "/errors",
    operationId: "listErrors",
    tag: "service",
    summary: "错误代码表",
    description:
      "Every code of problems, with what to do; a page for whoever opens it in a browser.",
    parameters: [],
    answer: {
      schema: "ErrorList",
      examples: { errors: { errors: [example] } },
      isPageToo: true,
      description: "Every code.",
    },
    caching: "program",
    roles: ["anyone"],
    problems: [],
  },
  () => new ForPeople({ errors: ERRORS }, (language) => errorsPage(ERRORS, language)),
);

export const showError = defineRoute<{ readonly code: string }, undefined, RoutedService>(
  {
    method: "get",
    path: "/errors/{code}",
    operationId: "showError",
    tag: "service",
    summary: "查询一个错误代码",
    description: "One code of problems, with what to do.",
    parameters: [
      {
        name: "code",
        in: "path",
        schema: { type: "string", pattern: "^[A-Z0-9_]{1,64}$" },
        description: "The code (错误代码).",
      },
    ],
    answer: {
      schema: "ErrorWords",
      examples: { error: example },
      isPageToo: true,
      description: "The code.",
    },
    caching: "program",
    roles: ["anyone"],
    problems: ["PARAMETER_INVALID", "NOT_FOUND"],
  },
  ({ parameters: { code } }) => {
    const error = ERRORS.find((one) => one.code === code);
    if (error === undefined) throw new Problem("NOT_FOUND", `no code ${code}`);
    return new ForPeople(error, (language) => errorsPage([error], language));
  },
);
