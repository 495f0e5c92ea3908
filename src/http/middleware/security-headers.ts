/** Headers that keep a browser from doing anything with an answer but read it, and caches from keeping it. */
import type { Middleware } from "./state.ts";

const HEADERS = {
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
};

/** Set before the route runs, so that one that serves something else can say so. */
export const secureResponses: Middleware = (context, next) => {
  context.set(HEADERS);
  return next();
};
