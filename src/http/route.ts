/** What a route is: one description from which it is served, checked and documented. */
import type { Caller, Role } from "../app/access/access.ts";
import type { ProblemCode } from "../core/problem-codes.ts";
import type { HttpService, RoutedService } from "./http-service.ts";
import type { Schema, SchemaName } from "./openapi/schema.ts";

/** What a handler may look at. Parameters and body have been checked against the route's schemas. */
export interface Call<P = unknown, B = unknown, S extends RoutedService = HttpService> {
  readonly service: S;
  /** The OpenAPI document that describes this service. */
  readonly document: unknown;
  /** Who calls; its role is one of the route's. */
  readonly caller: Caller;
  readonly parameters: P;
  readonly body: B;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly description: string;
  readonly schema: Schema;
}

/** An example's name with its value. */
export type Examples = Readonly<Record<string, unknown>>;

export interface RouteDescription {
  readonly method: "get" | "post";
  /** As OpenAPI writes it: `/v1/agencies/{code}`. */
  readonly path: string;
  readonly operationId: string;
  readonly tag: "verification" | "ledger" | "service" | "holding";
  /** In Chinese. */
  readonly summary: string;
  /** In English. */
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly body?: { readonly schema: SchemaName; readonly examples: Examples };
  /** The longest body, where it is not that of all others. */
  readonly bodyBytes?: number;
  /** What a 200 holds. */
  readonly answer: {
    readonly schema: SchemaName;
    readonly description: string;
    readonly examples: Examples;
    /** JSON where nothing is said. */
    readonly mediaType?: string;
    /** Whether a browser is answered with a page instead. */
    readonly isPageToo?: true;
  };
  /**
   * Until when an answer that is public and the same for everyone stays as it is: until the ledger says more,
   * until another version of the program, or as long as its content says. Such an answer has an ETag and is
   * compressed: never say it of one that holds claims or secrets (BREACH).
   */
  readonly caching?: "ledger" | "program" | "content";
  /** Whether it may be repeated under an Idempotency-Key without being done twice. */
  readonly isRepeatable?: true;
  /** Who may call it, by role; "anyone" without a credential too. */
  readonly roles: readonly (Role | "anyone")[];
  /**
   * How calls are limited beside the usual: "strict" where something could be guessed or is dear; "none" for
   * what tells machines how the service is, of whose callers nothing is asked.
   */
  readonly limit?: "strict" | "none";
  /** What it may end in beside its answer; INTERNAL and what refuses a caller go without saying. */
  readonly problems: readonly ProblemCode[];
}

export interface Route<S extends RoutedService = HttpService> extends RouteDescription {
  /** @returns what a 200 says as JSON. @throws Problem */
  readonly handle: (call: Call<unknown, unknown, S>) => unknown;
  /** How many certificates a body asks to verify; they count against the caller's day. */
  readonly certificates?: (body: unknown) => number;
}

/**
 * @param handle gets parameters and body as the description's schemas shape them.
 * @param certificates how many certificates a body asks to verify; with it, `problems` has QUOTA_EXCEEDED
 */
export function defineRoute<P, B = undefined, S extends RoutedService = HttpService>(
  description: RouteDescription,
  handle: (call: Call<P, B, S>) => unknown,
  certificates?: (body: B) => number,
): Route<S> {
  return {
    ...description,
    handle: handle as Route<S>["handle"],
    ...(certificates !== undefined && {
      certificates: certificates as NonNullable<Route["certificates"]>,
    }),
  };
}

/** Whether a credential is needed. */
export function isOpen({ roles }: Pick<RouteDescription, "roles">): boolean {
  return roles.includes("anyone");
}
