/**
 * Spans for OpenTelemetry, where an SDK is registered (`telemetry.module` of the settings); otherwise each is
 * a call and nothing more. A span has a name of a fixed list and no data of anybody.
 */
import { SpanStatusCode, trace } from "@opentelemetry/api";
import type { Span } from "@opentelemetry/api";
import { toProblem } from "../../core/problem.ts";

export const TRACER = "liangzheng";

export type SpanName = "judge" | "use.record" | "replay.first" | "chain.poll";

/** Does the work inside a span; how it ends is the span's end too, with the problem's code where it fails. */
export function spanned<T>(name: SpanName, work: () => T): T {
  return trace.getTracer(TRACER).startActiveSpan(name, (span) => endWith(span, work));
}

function endWith<T>(span: Span, work: () => T): T {
  try {
    const result = work();
    if (result instanceof Promise) return result.then(...endings(span)) as T;
    span.end();
    return result;
  } catch (error) {
    endFailed(span, error);
    throw error;
  }
}

function endings(span: Span): [(value: unknown) => unknown, (error: unknown) => never] {
  return [
    (value) => {
      span.end();
      return value;
    },
    (error) => {
      endFailed(span, error);
      throw error;
    },
  ];
}

function endFailed(span: Span, error: unknown): void {
  const { code } = toProblem(error);
  span.setAttribute("error.type", code);
  span.setStatus({ code: SpanStatusCode.ERROR, message: code });
  span.end();
}
