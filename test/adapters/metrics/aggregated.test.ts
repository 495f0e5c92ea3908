import { describe, expect, it } from "@jest/globals";
import type { Worker } from "node:cluster";
import { EventEmitter } from "node:events";
import { aggregatedFigures } from "../../../src/adapters/metrics/aggregated.ts";
import { PrometheusMetrics } from "../../../src/adapters/metrics/prometheus.ts";

/** A process that is led, as its leader sees it; null says nothing. */
function workerOf(metrics: PrometheusMetrics | null, isConnected = true): Worker {
  const worker = new EventEmitter();
  const send = (): void => {
    worker.emit("message", "something else");
    if (metrics === null) return;
    void metrics.registry.getMetricsAsJSON().then((figures) => worker.emit("message", { figures }));
  };
  return Object.assign(worker, { send, isConnected: () => isConnected }) as unknown as Worker;
}

function metricsOf(verdicts: number, age: number): PrometheusMetrics {
  const metrics = new PrometheusMetrics(false);
  metrics.counter({ name: "lz_x_total", help: "X." }).increase({}, verdicts);
  metrics.gauge({ name: "lz_age_seconds", help: "Age." }, () => age, "max");
  return metrics;
}

describe("the figures of several processes", () => {
  it("come together as each says: counts are added up, of ages the greatest counts", async () => {
    const text = await aggregatedFigures([workerOf(metricsOf(3, 2)), workerOf(metricsOf(4, 9))]);
    expect(text).toMatch(/^lz_x_total 7$/m);
    expect(text).toMatch(/^lz_age_seconds 9$/m);
    expect(text).toMatch(/^lz_processes 2$/m);
  });

  it("are told without those that don't answer", async () => {
    const workers = [workerOf(metricsOf(3, 2)), workerOf(null), workerOf(null, false)];
    const text = await aggregatedFigures(workers);
    expect(text).toMatch(/^lz_x_total 3$/m);
    expect(text).toMatch(/^lz_processes 1$/m);
    expect(workers.map((worker) => worker.listenerCount("message"))).toEqual([0, 0, 0]);
  });
});
