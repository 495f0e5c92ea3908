/** GET /openapi.json: the description of this very service. */
import type { RoutedService } from "../http-service.ts";
import { defineRoute } from "../route.ts";

export const showDocument = defineRoute<unknown, undefined, RoutedService>(
  {
    method: "get",
    path: "/openapi.json",
    operationId: "showDocument",
    tag: "service",
    summary: "接口说明",
    description: "This document. Requests are checked against its schemas.",
    parameters: [],
    answer: {
      schema: "OpenApi",
      examples: {},
      description: "An OpenAPI 3.1 document.",
    },
    caching: "program",
    roles: ["anyone"],
    problems: [],
  },
  ({ document }) => document,
);
