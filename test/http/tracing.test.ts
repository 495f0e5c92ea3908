import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { context, propagation, trace } from "@opentelemetry/api";
import type { Context, TextMapPropagator } from "@opentelemetry/api";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { AsyncLocalStorage } from "node:async_hooks";
import { spanned } from "../../src/adapters/telemetry/spans.ts";
import { Problem } from "../../src/core/problem.ts";
import type { RunningApp } from "../support/http-app.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";

const exporter = new InMemorySpanExporter();

/** What an SDK registers for Node, as small as it can be. */
function registerSdk(): void {
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const storage = new AsyncLocalStorage<Context>();
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager({
    active: () => storage.getStore() ?? rootContext,
    with: (active, work, self, ...args) => storage.run(active, () => work.apply(self, args)),
    bind: (_active, target) => target,
    enable() {
      return this;
    },
    disable() {
      return this;
    },
  });
  propagation.setGlobalPropagator(traceparent);
}

const rootContext = context.active();

const traceparent: TextMapPropagator<Record<string, string>> = {
  fields: () => ["traceparent"],
  inject: () => undefined,
  extract: (active, headers) => {
    const [, traceId, spanId] = headers["traceparent"]?.split("-") ?? [];
    if (traceId === undefined || spanId === undefined) return active;
    return trace.setSpanContext(active, { traceId, spanId, traceFlags: 1, isRemote: true });
  },
};

let app: RunningApp;
beforeAll(async () => {
  registerSdk();
  app = await runHttpApp(serviceOver(await loadPrimitives(), null, { isTraced: true }));
  exporter.reset();
});
afterEach(() => {
  exporter.reset();
});
afterAll(async () => {
  await app.stop();
  trace.disable();
  context.disable();
  propagation.disable();
});

const TRACE = "0af7651916cd43dd8448eb211c80319c";

describe("a request that is traced", () => {
  it("is one span, under the caller's own, named by the route and not by the address", async () => {
    const headers = { traceparent: `00-${TRACE}-b7ad6b7169203331-01`, "X-Request-Id": "r-1" };
    await app.get("/healthz?", { headers });
    const [span] = exporter.getFinishedSpans();
    expect(span?.name).toBe("GET /healthz");
    expect(span?.spanContext().traceId).toBe(TRACE);
    expect(span?.parentSpanContext?.spanId).toBe("b7ad6b7169203331");
    expect(span?.attributes).toEqual({
      "http.request.method": "GET",
      "http.response.status_code": 200,
      "http.route": "/healthz",
      "lz.request_id": "r-1",
    });
  });

  it("says a problem by its code, and nothing of what was asked", async () => {
    await app.send("/v1/nothing/110101199003077571?q=secret");
    const [span] = exporter.getFinishedSpans();
    expect(span?.attributes["error.type"]).toBe("NOT_FOUND");
    expect(span?.name).toBe("GET");
    expect(JSON.stringify([span?.attributes, span?.name])).not.toMatch(/1101011990|secret/);
  });
});

describe("work inside a request", () => {
  it("is a span beneath it", async () => {
    const tracer = trace.getTracer("test");
    await tracer.startActiveSpan("outer", async (outer) => {
      await spanned("use.record", () => Promise.resolve(1));
      expect(spanned("judge", () => 2)).toBe(2);
      outer.end();
    });
    const [record, judge, outer] = exporter.getFinishedSpans();
    expect([record?.name, judge?.name]).toEqual(["use.record", "judge"]);
    for (const inner of [record, judge]) {
      expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
    }
  });

  it("ends with the problem's code where it fails, and fails as before", async () => {
    const problem = new Problem("RPC_TIMEOUT", "http://node");
    const fails = spanned("chain.poll", () => Promise.reject(problem));
    await expect(fails).rejects.toBe(problem);
    expect(() =>
      spanned("judge", () => {
        throw problem;
      }),
    ).toThrow(problem);
    const ends = exporter.getFinishedSpans().map(({ attributes }) => attributes["error.type"]);
    expect(ends).toEqual(["RPC_TIMEOUT", "RPC_TIMEOUT"]);
  });
});
