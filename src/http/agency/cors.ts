/** Lets wallets of known origins ask from a browser (Fetch, 3.2); no cookie and no credential is ever wanted. */
import type { Middleware } from "../middleware/state.ts";

const PREFLIGHT = {
  "Access-Control-Allow-Methods": "GET, POST",
  "Access-Control-Allow-Headers": "Content-Type, X-Request-Id",
  "Access-Control-Max-Age": "600",
};

/** @param origins as browsers name them: scheme, host and port, no path */
export function allowOrigins(origins: readonly string[]): Middleware {
  const known = new Set(origins);
  return async (context, next) => {
    const origin = context.get("Origin");
    context.vary("Origin");
    if (!known.has(origin)) {
      await next();
      return;
    }
    context.set("Access-Control-Allow-Origin", origin);
    context.set("Access-Control-Expose-Headers", "X-Request-Id, Retry-After");
    const isPreflight =
      context.method === "OPTIONS" && context.get("Access-Control-Request-Method") !== "";
    if (isPreflight) {
      context.set(PREFLIGHT);
      context.status = 204;
    } else {
      await next();
    }
  };
}
