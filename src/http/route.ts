/** What a route is: one description from which it is served, checked and documented. */
import type { ProblemCode } from "../core/problem-codes.ts";
import type { HttpService } from "./http-service.ts";
import type { Schema, SchemaName } from "./openapi/schema.ts";

/** What a handler may look at. Parameters and body have been checked against the route's schemas. */
export interface Call<P = unknown, B = unknown> {
  readonly service: HttpService;
  /** The OpenAPI document that describes this service. */
  readonly document: unknown;
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
  readonly tag: "verification" | "ledger" | "service";
  /** In Chinese. */
  readonly summary: string;
  /** In English. */
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly body?: { readonly schema: SchemaName; readonly examples: Examples };
  /** What a 200 holds. */
  readonly answer: {
    readonly schema: SchemaName;
    readonly description: string;
    readonly examples: Examples;
  };
  /** What it may end in beside its answer; INTERNAL goes without saying. */
  readonly problems: readonly ProblemCode[];
}

export interface Route extends RouteDescription {
  /** @returns what a 200 says as JSON. @throws Problem */
  readonly handle: (call: Call) => unknown;
}

/** @param handle gets parameters and body as the description's schemas shape them. */
export function defineRoute<P, B = undefined>(
  description: RouteDescription,
  handle: (call: Call<P, B>) => unknown,
): Route {
  return { ...description, handle: handle as Route["handle"] };
}
