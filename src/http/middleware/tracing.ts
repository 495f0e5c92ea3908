/**
 * One span for each request, under the caller's own where it sent a `traceparent` (W3C Trace Context) and the
 * SDK that is registered knows it. Mounted only where there is one. No query, no body, no address.
 */
import { SpanKind, SpanStatusCode, context, propagation, trace } from "@opentelemetry/api";
import type { Span } from "@opentelemetry/api";
import type { HttpContext, Middleware } from "./state.ts";

const TRACER = "liangzheng";

export const traceRequests: Middleware = (call, next) => {
  const parent = propagation.extract(context.active(), call.headers);
  const options = { kind: SpanKind.SERVER };
  const tracer = trace.getTracer(TRACER);
  return tracer.startActiveSpan(call.method, options, parent, async (span) => {
    try {
      await next();
    } finally {
      finish(span, call);
    }
  });
};

function finish(span: Span, { method, status, state }: HttpContext): void {
  const { route, requestId, problem } = state;
  if (route !== undefined) span.updateName(`${method} ${route}`);
  span.setAttributes({
    "http.request.method": method,
    "http.response.status_code": status,
    "lz.request_id": requestId,
    ...(route !== undefined && { "http.route": route }),
    ...(problem !== undefined && { "error.type": problem }),
  });
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
