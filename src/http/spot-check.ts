/** Holds an answer now and then against the document, so that the two can't part unnoticed. */
import { Ajv2020 } from "ajv/dist/2020.js";
import type { ValidateFunction } from "ajv/dist/2020.js";
import { Problem } from "../core/problem.ts";
import type { RoutedService } from "./http-service.ts";
import type { ApiDocument } from "./openapi/document.ts";
import type { RouteDescription } from "./route.ts";

/** Compiling a schema takes some milliseconds, which a service that just starts has better use for. */
const FIRST_CHECKED = 64;
const EVERY = 1024;

/** @returns what is told every answer; a fault is the operator's to know, since the caller has his answer. */
export function spotChecker(
  document: ApiDocument,
  { answer, path }: RouteDescription,
  service: RoutedService,
): (value: unknown) => void {
  let count = 0;
  let validate: ValidateFunction | null = null;
  return (value) => {
    if (service.report === undefined || ++count % EVERY !== FIRST_CHECKED) return;
    validate ??= compile(document, answer.schema);
    if (validate(value)) return;
    const place = `${path}: ${JSON.stringify(validate.errors?.[0]?.schemaPath)}`;
    service.report({
      requestId: null,
      problem: new Problem("INTERNAL", `not as documented: ${place}`),
    });
  };
}

function compile({ components }: ApiDocument, schema: string): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ components }, "openapi");
  return ajv.compile({ $ref: `openapi#/components/schemas/${schema}` });
}
