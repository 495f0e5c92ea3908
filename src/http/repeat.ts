/** Calls with the header Idempotency-Key (draft-ietf-httpapi-idempotency-key-header). */
import { Problem } from "../core/problem.ts";
import type { HttpContext } from "./middleware/state.ts";
import type { RoutedService } from "./http-service.ts";
import type { Call, Parameter, Route } from "./route.ts";

const HEADER = "Idempotency-Key";
const PATTERN = /^[A-Za-z0-9_-]{16,64}$/;

export const IDEMPOTENCY_KEY: Omit<Parameter, "in"> & { readonly in: "header" } = {
  name: HEADER,
  in: "header",
  description:
    "Of the caller's making, new for each call, such as a UUID (重复提交键). With the same one the same call may be " +
    "repeated for a minute, at any instance: it is done once, and answered alike. For callers with a credential.",
  schema: { type: "string", pattern: PATTERN.source },
};

/** @throws Problem PARAMETER_INVALID, and whatever the route throws */
export function handled<S extends RoutedService>(
  context: HttpContext,
  route: Route<S>,
  call: Call<unknown, unknown, S>,
): unknown {
  const key = context.get(HEADER);
  const client = call.caller.client?.id;
  if (route.isRepeatable !== true || key === "" || client === undefined) return route.handle(call);
  if (!PATTERN.test(key)) {
    throw new Problem("PARAMETER_INVALID", `header.${HEADER}: 16 to 64 letters, digits, - or _`);
  }
  const named = { client, key, path: route.path, body: call.body };
  return call.service.repeat(named, (attempt) => {
    return route.handle({ ...call, caller: { ...call.caller, attempt } });
  });
}
