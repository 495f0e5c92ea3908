/** One entry for each request: what was asked of which route, how it ended, how long it took. */
import type { AccessEntry, RoutedService } from "../http-service.ts";
import type { HttpContext, Middleware } from "./state.ts";

export function logRequests(service: RoutedService): Middleware {
  return async (context, next) => {
    const begun = performance.now();
    await next();
    service.log?.(entryOf(context, performance.now() - begun));
  };
}

function entryOf({ method, state, status }: HttpContext, milliseconds: number): AccessEntry {
  const { requestId, route = null, problem, client = null } = state;
  return {
    requestId,
    method,
    route,
    status,
    milliseconds: Math.round(milliseconds * 1000) / 1000,
    ...(problem !== undefined && { problem }),
    ...(client !== null && { client }),
  };
}
