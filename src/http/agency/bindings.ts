/** POST /v1/bindings: a binding for some days more. */
import { renewBinding } from "../../app/holding/renew-binding.ts";
import { toBase64Url } from "../../core/encoding/bytes.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import { defineRoute } from "../route.ts";
import type { AgencyService } from "./agency-service.ts";
import { requestOf } from "./bodies.ts";
import type { SignedBody } from "./bodies.ts";

export const renewBindings = defineRoute<unknown, SignedBody, AgencyService>(
  {
    method: "post",
    path: "/v1/bindings",
    operationId: "renewBinding",
    tag: "holding",
    summary: "续签持证人绑定",
    description:
      "For the key that claimed the certificate last, and for whom that key lets show it. Never for a " +
      "certificate that is suspended, revoked or has run out.",
    parameters: [],
    body: { schema: "HolderRequest", examples: { binding: { request: "0oRDoQEm" } } },
    answer: {
      schema: "Binding",
      description: "The binding.",
      examples: { binding: { binding: "0oRDoQEm", expiresAt: "2026-04-18T00:00:00Z" } },
    },
    roles: ["anyone"],
    problems: [
      ...(["BODY_MALFORMED", "BODY_TOO_LARGE", "MEDIA_TYPE", "HOLDER_REQUEST_INVALID"] as const),
      ...(["HOLDER_REQUEST_STALE", "HOLDER_KEY_OTHER", "CERTIFICATE_NOT_CURRENT"] as const),
      ...(["CERTIFICATE_ERASED", "DELEGATION_ENDED", "DOCUMENT_KEY_UNFIT", "NOT_READY"] as const),
    ],
  },
  async ({ service, body }) => {
    const { binding, expiresAt } = await renewBinding(service.desk, requestOf(body));
    return { binding: toBase64Url(binding), expiresAt: formatInstant(expiresAt) };
  },
);
