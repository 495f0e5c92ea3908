/** Leads each request to its route, where it is checked, handled, and answered as JSON. */
import type { RouterContext } from "@koa/router";
import { Router } from "@koa/router";
import { answerCall } from "./answer-call.ts";
import { ClientAddresses } from "./client-address.ts";
import { admit } from "./admission.ts";
import type { RoutedService } from "./http-service.ts";
import { DEFAULT_BODY_BYTES } from "./http-service.ts";
import type { HttpContext, Middleware, RequestState } from "./middleware/state.ts";
import type { ApiWords } from "./openapi/document.ts";
import { VERIFIER, describeApi } from "./openapi/document.ts";
import { readJsonBody } from "./read-json-body.ts";
import type { RequestChecks } from "./request-checks.ts";
import { checkerOf } from "./request-checks.ts";
import type { Call, Route } from "./route.ts";
import { spotChecker } from "./spot-check.ts";

type Context = HttpContext & Partial<Pick<RouterContext<RequestState>, "params">>;

/** An address without parameters is looked up; for the others the router tries one pattern after the other. */
export function serveRoutes<S extends RoutedService>(
  service: S,
  routes: readonly Route<S>[],
  api: ApiWords = VERIFIER,
): Middleware {
  const fixed = new Map<string, (context: Context) => Promise<void>>();
  const router = new Router<RequestState>({ sensitive: true, strict: true });
  const document = describeApi(routes, service.version, api);
  const checker = checkerOf(document);
  const addresses = new ClientAddresses(service.access.trustedProxies);
  for (const route of routes) {
    const longest = route.bodyBytes ?? service.limits?.bodyBytes ?? DEFAULT_BODY_BYTES;
    const spotCheck = spotChecker(document, route, service);
    const serve = async (context: Context): Promise<void> => {
      context.state.route = route.path;
      const caller = await admit(context, service, addresses, route);
      const call = {
        service,
        document,
        caller,
        ...(await readCall(context, longest, checker.checksOf(route))),
      };
      service.access.charge(caller, route.certificates?.(call.body) ?? 0);
      await answerCall(context, route, call, spotCheck);
    };
    if (!route.path.includes("{")) fixed.set(`${route.method.toUpperCase()} ${route.path}`, serve);
    router.register(routerPath(route.path), [route.method], serve);
  }
  const routed = router.routes() as Middleware;
  return (context, next) => {
    const serve = fixed.get(`${context.method} ${context.path}`);
    return serve === undefined ? (routed(context, next) as Promise<void>) : serve(context);
  };
}

/** `/v1/agencies/{code}` → `/v1/agencies/:code` */
function routerPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ":$1");
}

async function readCall(
  context: Context,
  longestBody: number,
  checks: RequestChecks,
): Promise<Pick<Call, "parameters" | "body">> {
  const parameters = {
    ...(checks.query({ ...context.query }) as object),
    ...(checks.path({ ...context.params }) as object),
  };
  if (checks.body === null) return { parameters, body: undefined };
  const json = await readJsonBody(context, longestBody);
  return { parameters, body: checks.body(json) };
}
