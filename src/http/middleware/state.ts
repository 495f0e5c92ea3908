/** What the application's parts tell each other about one request. */
import type { Middleware as KoaMiddleware, ParameterizedContext } from "koa";
import type { ProblemCode } from "../../core/problem-codes.ts";

export interface RequestState {
  requestId: string;
  /** The route that fits, as the document names it. */
  route?: string;
  problem?: ProblemCode;
  /** Of the client that calls; null for anyone. Not set where nobody was asked. */
  client?: string | null;
}

export type HttpContext = ParameterizedContext<RequestState>;
export type Middleware = KoaMiddleware<RequestState>;
