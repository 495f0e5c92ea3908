/** Whoever calls is identified and bounded before anything of a request's body is read. */
import type { Allowance, Caller } from "../app/access/access.ts";
import { Problem } from "../core/problem.ts";
import type { ClientAddresses } from "./client-address.ts";
import type { RoutedService } from "./http-service.ts";
import type { HttpContext } from "./middleware/state.ts";
import type { RouteDescription } from "./route.ts";
import { isOpen } from "./route.ts";

/** @throws Problem UNAUTHENTICATED, FORBIDDEN, and what Access throws */
export async function admit(
  context: HttpContext,
  { access }: RoutedService,
  addresses: ClientAddresses,
  route: RouteDescription,
): Promise<Caller> {
  const address = addresses.addressOf(context.req);
  if (route.limit === "none") return { client: null, address };
  const authorization = context.req.headers.authorization ?? null;
  const certificate = addresses.certificateOf(context.req);
  const caller = await access.identify({ authorization, certificate, address });
  context.state.client = caller.client?.id ?? null;
  tellAllowance(context, access.admit(caller, route.limit === "strict"));
  requireRole(caller, route);
  return caller;
}

function requireRole({ client }: Caller, route: RouteDescription): void {
  if (isOpen(route)) return;
  const needed = `role ${route.roles.join(" or ")} needed`;
  if (client === null) throw new Problem("UNAUTHENTICATED", needed);
  if (!route.roles.includes(client.role)) throw new Problem("FORBIDDEN", needed);
}

/** As draft-ietf-httpapi-ratelimit-headers-10 writes it. */
function tellAllowance(context: HttpContext, allowance: Allowance): void {
  const { policy, perMinute, remaining, resetSeconds } = allowance;
  const { res } = context;
  res.setHeader("RateLimit-Policy", `"${policy}";q=${String(perMinute)};w=60`);
  res.setHeader("RateLimit", `"${policy}";r=${String(remaining)};t=${String(resetSeconds)}`);
}
