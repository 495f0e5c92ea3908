/** The HTTP application: what every request passes, outermost first, and the routes behind it. */
import Koa from "koa";
import { toProblem } from "../core/problem.ts";
import type { HttpService, RoutedService } from "./http-service.ts";
import { logRequests } from "./middleware/access-log.ts";
import { answerProblems } from "./middleware/problems.ts";
import { identifyRequests } from "./middleware/request-id.ts";
import { secureResponses } from "./middleware/security-headers.ts";
import { traceRequests } from "./middleware/tracing.ts";
import type { Middleware, RequestState } from "./middleware/state.ts";
import { refuseUnmatched } from "./middleware/unmatched.ts";
import { servePages } from "./pages/serve-pages.ts";
import { ROUTES } from "./routes.ts";
import { serveRoutes } from "./serve-routes.ts";

/** How a connection ends whose caller breaks off, or is cut off since it sends too slowly. */
const BROKEN_OFF: readonly unknown[] = ["ERR_HTTP_REQUEST_TIMEOUT", "ECONNRESET", "EPIPE"];

/** @returns an application for `createServer(SERVER_OPTIONS, app.callback())`; see configureServer. */
export function createHttpApp(service: HttpService): Koa<RequestState> {
  const { pages } = service;
  const inner = [serveRoutes(service, ROUTES)];
  return appOver(service, pages === undefined ? inner : [...inner, servePages(pages)]);
}

/** @param inner what answers, before it is said that there is no such address */
export function appOver(service: RoutedService, inner: readonly Middleware[]): Koa<RequestState> {
  const app = new Koa<RequestState>({ proxy: false });
  app.use(identifyRequests);
  if (service.isTraced === true) app.use(traceRequests);
  app.use(logRequests(service));
  app.use(secureResponses);
  app.use(answerProblems(service));
  for (const middleware of inner) app.use(middleware);
  app.use(refuseUnmatched);
  app.on("error", (error: unknown, context?: { state: RequestState }) => {
    if (isOfTheCaller(error)) return;
    const requestId = context?.state.requestId ?? null;
    service.report?.({ requestId, problem: toProblem(error) });
  });
  return app;
}

function isOfTheCaller(error: unknown): boolean {
  return BROKEN_OFF.includes((error as { readonly code?: unknown }).code);
}
