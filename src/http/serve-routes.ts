/** Puts the routes on a router: each request is checked, handled, and answered as JSON. */
import type { RouterContext } from "@koa/router";
import { Router } from "@koa/router";
import type { HttpService } from "./http-service.ts";
import { DEFAULT_BODY_BYTES } from "./http-service.ts";
import type { RequestState } from "./middleware/state.ts";
import { describeApi } from "./openapi/document.ts";
import { readJsonBody } from "./read-json-body.ts";
import type { RequestChecks } from "./request-checks.ts";
import { RequestChecker } from "./request-checks.ts";
import type { Call, Route } from "./route.ts";

type Context = RouterContext<RequestState>;

export function serveRoutes(
  service: HttpService,
  routes: readonly Route[],
): ReturnType<Router<RequestState>["routes"]> {
  const router = new Router<RequestState>({ sensitive: true, strict: true });
  const document = describeApi(routes, service.version);
  const checker = new RequestChecker(document);
  for (const route of routes) {
    const checks = checker.checksOf(route);
    router.register(routerPath(route.path), [route.method], async (context: Context) => {
      context.state.route = route.path;
      const call = { service, document, ...(await readCall(context, service, checks)) };
      sendJson(context, await route.handle(call));
    });
  }
  return router.routes();
}

/** `/v1/agencies/{code}` → `/v1/agencies/:code` */
function routerPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ":$1");
}

async function readCall(
  context: Context,
  { limits }: HttpService,
  checks: RequestChecks,
): Promise<Pick<Call, "parameters" | "body">> {
  const parameters = {
    ...(checks.query({ ...context.query }) as object),
    ...(checks.path({ ...context.params }) as object),
  };
  if (checks.body === null) return { parameters, body: undefined };
  const json = await readJsonBody(context, limits?.bodyBytes ?? DEFAULT_BODY_BYTES);
  return { parameters, body: checks.body(json) };
}

function sendJson(context: Context, value: unknown): void {
  const json = JSON.stringify(value);
  context.status = 200;
  context.set("Content-Type", "application/json; charset=utf-8");
  context.body = json;
}
