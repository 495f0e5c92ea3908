/** Holds what a service answers against its own OpenAPI document. */
import { Ajv2020 } from "ajv/dist/2020.js";
import type { ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { Json, Reply } from "./http-app.ts";

/**
 * An object may hold no member that is not described, though the document lets clients expect more to
 * come.
 */
function closeObjects(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(closeObjects);
  if (typeof schema !== "object" || schema === null) return schema;
  const closed = Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [
      name,
      name === "example" || name === "examples" ? value : closeObjects(value),
    ]),
  );
  const isObject = closed["type"] === "object" && closed["properties"] !== undefined;
  return isObject ? { additionalProperties: false, ...closed } : closed;
}

export function schemaCheckerOf(document: Json): (schema: Json) => ValidateFunction {
  const ajv = new Ajv2020({ allowUnionTypes: true, allErrors: true });
  formats.default(ajv);
  ajv.addVocabulary(["components"]);
  const { schemas } = closeObjects(document.components);
  ajv.addSchema({ $id: "api", components: { schemas } });
  // Each is compiled once: that takes longer than most calls whose answers are held against it.
  const compiled = new Map<string, ValidateFunction>();
  return (schema) => {
    const text = JSON.stringify(schema).replaceAll('"#/', '"api#/');
    const check = compiled.get(text) ?? ajv.compile(JSON.parse(text));
    compiled.set(text, check);
    return check;
  };
}

const checkers = new WeakMap<object, (schema: Json) => ValidateFunction>();

function checkerOf(document: Json): (schema: Json) => ValidateFunction {
  const checker = checkers.get(document) ?? schemaCheckerOf(document);
  checkers.set(document, checker);
  return checker;
}

/** @returns what is not as documented, or null. */
export function findResponseFaults(
  document: Json,
  method: string,
  path: string,
  { status, headers, json }: Pick<Reply, "status" | "headers" | "json">,
): string | null {
  const mediaType = headers.get("content-type")?.split(";")[0];
  const responses = findOperation(document, method, path)?.responses ?? {};
  const response = responses[String(status)] ?? unforeseen(status, responses);
  if (status === 304) return response === undefined ? "no 304" : null;
  const schema = response?.content[mediaType ?? ""]?.schema;
  if (schema === undefined) return `no ${String(status)} as ${String(mediaType)}`;
  if (method === "HEAD") return null;
  const validate = checkerOf(document)(schema);
  return validate(json) ? null : JSON.stringify(validate.errors);
}

/** Failures of the service fall under `default`; what is the caller's fault is documented by status. */
function unforeseen(status: number, responses: Json): Json {
  if ([404, 405].includes(status)) return UNDOCUMENTED;
  return status >= 500 ? responses.default : undefined;
}

/** Unknown addresses and methods are in no operation, and problems all the same. */
const UNDOCUMENTED = {
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};

function findOperation(document: Json, method: string, path: string): Json {
  const asked = path.split(/[?#]/)[0] as string;
  const template = Object.keys(document.paths).find((known) => {
    return new RegExp(`^${known.replace(/\{\w+\}/g, "[^/]+")}$`).test(asked);
  });
  const name = method === "HEAD" ? "get" : method.toLowerCase();
  return template === undefined ? undefined : document.paths[template][name];
}
