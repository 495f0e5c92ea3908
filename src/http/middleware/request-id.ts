/** Every request has an id: the caller's own where it is harmless, a fresh one otherwise. */
import type { Middleware } from "./state.ts";

const HARMLESS = /^[A-Za-z0-9-]{1,64}$/;

export const identifyRequests: Middleware = (context, next) => {
  const proposed = context.get("X-Request-Id");
  context.state.requestId = HARMLESS.test(proposed) ? proposed : crypto.randomUUID();
  context.set("X-Request-Id", context.state.requestId);
  return next();
};
