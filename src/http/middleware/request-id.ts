/** Every request has an id: the caller's own where it is harmless, a fresh one otherwise. */
import type { Middleware } from "./state.ts";

const HARMLESS = /^[A-Za-z0-9-]{1,64}$/;

export const identifyRequests: Middleware = (context, next) => {
  const { "x-request-id": proposed } = context.headers;
  const isHarmless = typeof proposed === "string" && HARMLESS.test(proposed);
  context.state.requestId = isHarmless ? proposed : crypto.randomUUID();
  context.res.setHeader("X-Request-Id", context.state.requestId);
  return next();
};
