/** What no route took: an unknown address, or a method that is not for it. */
import { Problem } from "../../core/problem.ts";
import type { Middleware } from "./state.ts";

/** What the router leaves behind: the routes that fit the address, whatever their method. */
interface Matched {
  readonly matched: readonly { readonly methods: readonly string[] }[];
}

/** @throws Problem METHOD_NOT_ALLOWED with the header Allow, or NOT_FOUND. */
export const refuseUnmatched: Middleware = (context) => {
  const { matched } = context as unknown as Matched;
  const allowed = [...new Set(matched.flatMap(({ methods }) => methods))].sort().join(", ");
  if (allowed === "") throw new Problem("NOT_FOUND", "no such address");
  context.set("Allow", allowed);
  throw new Problem("METHOD_NOT_ALLOWED", `allowed: ${allowed}`);
};
