/** The types of the JavaScript client, made from the OpenAPI document by openapi-typescript. */
import { fileURLToPath } from "node:url";
import openapiTypescript, { astToString } from "openapi-typescript";
import type { OpenAPI3 } from "openapi-typescript";
import { format } from "prettier";
import ts from "typescript";
import { describeApi } from "../../src/http/openapi/document.ts";
import { ROUTES } from "../../src/http/routes.ts";

export const CLIENT_TYPES = fileURLToPath(
  new URL("../../clients/javascript/src/api.ts", import.meta.url),
);

const HEADING = `/**
 * The service's API, made from its OpenAPI document: \`node test/support/write-client-types.ts\`. A test fails
 * when this is not what that makes.
 */
`;

/** TypeScript takes a type that holds itself by its own name only. */
const CLAIM_VALUE = `export type ClaimValue =
  | string | number | boolean | null
  | readonly ClaimValue[]
  | { readonly [name: string]: ClaimValue };`;

export async function clientTypes(): Promise<string> {
  const document = describeApi(ROUTES, "0.1.0") as unknown as OpenAPI3;
  const nodes = await openapiTypescript(document, {
    inject: CLAIM_VALUE,
    transform: (_schema, { path }) => {
      const isClaimValue = path?.endsWith("/schemas/ClaimValue") === true;
      return isClaimValue ? ts.factory.createTypeReferenceNode("ClaimValue") : undefined;
    },
  });
  const types = astToString(nodes);
  return format(HEADING + types, { parser: "typescript", printWidth: 100 });
}
