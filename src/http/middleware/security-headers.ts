/** Headers that keep a browser from doing anything with an answer but read it, and caches from keeping it. */
import type { Middleware } from "./state.ts";

export const HEADERS = Object.entries({
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  // Browsers heed it where they were answered over TLS, by this service or by the proxy before it.
  "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
  "Cache-Control": "no-store",
});

/** Set before the route runs, so that one that serves something else can say so. */
export const secureResponses: Middleware = (context, next) => {
  for (const [name, value] of HEADERS) context.res.setHeader(name, value);
  return next();
};
