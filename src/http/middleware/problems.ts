/** Whatever is thrown below ends here: a problem document for the caller, the rest for the operator. */
import { Refusal } from "../../app/access/refusal.ts";
import { PROBLEMS } from "../../core/problem-codes.ts";
import type { Problem } from "../../core/problem.ts";
import { toProblem } from "../../core/problem.ts";
import type { RoutedService } from "../http-service.ts";
import { preferredLanguage } from "../language.ts";
import { PROBLEM_MEDIA_TYPE, isTold, problemDocument } from "../problem-document.ts";
import type { HttpContext, Middleware } from "./state.ts";

const RETRY_SECONDS = "5";
const REPEAT_SECONDS = "1";

export function answerProblems(service: RoutedService): Middleware {
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
  context.set("Content-Language", language);
  context.vary("Accept-Language");
  if (status === 401) context.set("WWW-Authenticate", 'Bearer realm="liangzheng"');
  const retryAfter = retryAfterOf(problem);
  if (retryAfter !== null) context.set("Retry-After", retryAfter);
  context.body = JSON.stringify(problemDocument(problem, state.requestId, language));
}

function retryAfterOf(problem: Problem): string | null {
  if (problem instanceof Refusal) return String(problem.retryAfterSeconds);
  if (problem.code === "REPEAT_UNDER_WAY") return REPEAT_SECONDS;
  return PROBLEMS[problem.code].status === 503 ? RETRY_SECONDS : null;
}
