/** Whatever is thrown below ends here: a problem document for the caller, the rest for the operator. */
import { PROBLEMS } from "../../core/problem-codes.ts";
import type { Problem } from "../../core/problem.ts";
import { toProblem } from "../../core/problem.ts";
import type { HttpService } from "../http-service.ts";
import { languageTag, preferredLanguage } from "../language.ts";
import { PROBLEM_MEDIA_TYPE, isTold, problemDocument } from "../problem-document.ts";
import type { HttpContext, Middleware } from "./state.ts";

const RETRY_SECONDS = "5";

export function answerProblems(service: HttpService): Middleware {
  return async (context, next) => {
    try {
      await next();
    } catch (error) {
      const problem = toProblem(error);
      sendProblem(context, problem);
      if (!isTold(problem)) service.report?.({ requestId: context.state.requestId, problem });
    }
  };
}

function sendProblem(context: HttpContext, problem: Problem): void {
  const { state } = context;
  const language = preferredLanguage(context);
  const { status } = PROBLEMS[problem.code];
  state.problem = problem.code;
  context.status = status;
  context.set("Content-Type", PROBLEM_MEDIA_TYPE);
  context.set("Content-Language", languageTag(language));
  context.vary("Accept-Language");
  if (status === 503) context.set("Retry-After", RETRY_SECONDS);
  context.body = JSON.stringify(problemDocument(problem, state.requestId, language));
}
