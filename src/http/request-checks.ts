/** Checks requests against the very schemas that the OpenAPI document shows. */
import { Ajv2020 } from "ajv/dist/2020.js";
import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import { Problem } from "../core/problem.ts";
import type { ApiDocument } from "./openapi/document.ts";
import type { SchemaName } from "./openapi/schema.ts";
import type { Parameter, RouteDescription } from "./route.ts";

const DOCUMENT_ID = "openapi";
/** A test holds the document's schemas against that of JSON Schema, which takes longer than compiling them. */
const OURS = { validateSchema: false, verbose: true };
/** How many of a caller's unknown members are named back, and how much of each name. */
const NAMED_MEMBERS = 5;
const NAMED_CHARACTERS = 40;

/** @throws Problem BODY_MALFORMED or PARAMETER_INVALID with the first place at fault. */
export type Check = (value: unknown) => unknown;

export interface RequestChecks {
  readonly path: Check;
  readonly query: Check;
  /** Null where the route takes none. */
  readonly body: Check | null;
}

/** @returns the same for all applications of one process that show the same schemas: compiling takes time. */
export function checkerOf({ components }: ApiDocument): RequestChecker {
  const known = checkers.get(components.schemas) ?? new RequestChecker(components);
  checkers.set(components.schemas, known);
  return known;
}

const checkers = new WeakMap<Schemas, RequestChecker>();

type Schemas = ApiDocument["components"]["schemas"];

class RequestChecker {
  readonly #known = new WeakMap<RouteDescription, RequestChecks>();
  readonly #bodies: Ajv2020;
  readonly #parameters = new Ajv2020({ ...OURS, coerceTypes: true, useDefaults: true });

  constructor(components: ApiDocument["components"]) {
    this.#bodies = new Ajv2020(OURS);
    this.#bodies.addVocabulary(["components"]).addSchema({ components }, DOCUMENT_ID);
  }

  checksOf(route: RouteDescription): RequestChecks {
    const known = this.#known.get(route) ?? this.#compile(route);
    this.#known.set(route, known);
    return known;
  }

  #compile({ parameters, body }: RouteDescription): RequestChecks {
    return {
      path: this.#checkParameters("path", parameters),
      query: this.#checkParameters("query", parameters),
      body: body === undefined ? null : this.#checkBody(body.schema),
    };
  }

  #checkBody(schema: SchemaName): Check {
    const $ref = `${DOCUMENT_ID}#/components/schemas/${schema}`;
    return checkWith("body", this.#bodies.compile({ $ref }));
  }

  /** Numbers come as text and are turned into numbers; defaults are filled in. */
  #checkParameters(place: Parameter["in"], all: readonly Parameter[]): Check {
    const parameters = all.filter((parameter) => parameter.in === place);
    const schema = {
      type: "object",
      properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
      additionalProperties: false,
    };
    return checkWith(place, this.#parameters.compile(schema));
  }
}

function checkWith(place: string, validate: ValidateFunction): Check {
  return (value) => {
    if (validate(value)) return value;
    const code = place === "body" ? "BODY_MALFORMED" : "PARAMETER_INVALID";
    throw new Problem(code, describeFault(place, lastErrorOf(validate)));
  };
}

/** Of a choice, the last error is the choice's own; before it come those of what could be chosen. */
function lastErrorOf({ errors }: ValidateFunction): ErrorObject {
  return errors?.at(-1) as ErrorObject;
}

function describeFault(place: string, error: ErrorObject): string {
  const at = `${place}${dotted(error.instancePath)}`;
  if (isNoObject(error)) return `${at}: must be object`;
  const unknown = unknownMembers(error);
  if (unknown.length > 0) return `${at}: unknown member ${unknown.join(", ")}`;
  if (error.keyword === "oneOf") return `${at}: ${describeChoice(error)}`;
  return `${at}: ${describeExpectation(error)}`;
}

/** `/requiredClaims/3` → `.requiredClaims[3]` */
function dotted(pointer: string): string {
  return pointer.replace(/\/(\d+)/g, "[$1]").replaceAll("/", ".");
}

/** Said before anything that only an object could have wrong. */
function isNoObject(error: ErrorObject): boolean {
  const { data } = error;
  const isObject = typeof data === "object" && data !== null && !Array.isArray(data);
  return parentOf(error).type === "object" && !isObject;
}

/** A misspelt member is named before anything that follows from its absence. */
function unknownMembers(error: ErrorObject): string[] {
  const { properties, additionalProperties } = parentOf(error);
  if (properties === undefined || additionalProperties !== false) return [];
  return Object.keys(error.data as object)
    .filter((name) => !Object.hasOwn(properties, name))
    .slice(0, NAMED_MEMBERS)
    .map((name) => JSON.stringify(name.slice(0, NAMED_CHARACTERS)));
}

function describeChoice(error: ErrorObject): string {
  const choices = error.schema as readonly { readonly required: readonly string[] }[];
  return `exactly one of ${choices.flatMap(({ required }) => required).join(", ")} expected`;
}

function describeExpectation(error: ErrorObject): string {
  const { description } = parentOf(error);
  const isOpaque = error.keyword === "pattern" && description !== undefined;
  return isOpaque ? `expected: ${description}` : String(error.message);
}

interface ParentSchema {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly additionalProperties?: boolean;
  readonly description?: string;
}

function parentOf(error: ErrorObject): ParentSchema {
  return error.parentSchema as ParentSchema;
}
