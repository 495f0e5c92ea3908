/** GET /healthz: whether the process is up. */
import type { RoutedService } from "../http-service.ts";
import { defineRoute } from "../route.ts";

export const tellHealth = defineRoute<unknown, undefined, RoutedService>(
  {
    method: "get",
    path: "/healthz",
    operationId: "tellHealth",
    tag: "service",
    summary: "进程是否存活",
    description: "Always 200 while the process answers at all. Restart it when this fails.",
    parameters: [],
    answer: {
      schema: "Health",
      examples: { up: { status: "up", version: "0.1.0" } },
      description: "The process is up.",
    },
    roles: ["anyone"],
    limit: "none",
    problems: [],
  },
  ({ service }) => ({ status: "up", version: service.version }),
);
