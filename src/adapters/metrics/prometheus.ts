/** Figures in Prometheus's text format; those of several processes come together in the one that leads them. */
import client from "prom-client";
import type { Counter, Histogram, Measured, MetricName, Metrics } from "../../ports/metrics.ts";

export const METRICS_MEDIA_TYPE = client.Registry.PROMETHEUS_CONTENT_TYPE;

export class PrometheusMetrics implements Metrics {
  readonly registry: client.Registry;

  /** @param isWatched whether the process's own figures (memory, loop, descriptors) are in it as well */
  constructor(isWatched = true) {
    this.registry = new client.Registry();
    if (isWatched) client.collectDefaultMetrics({ register: this.registry });
  }

  counter({ name, help, labels = [] }: MetricName): Counter {
    const counter = new client.Counter({
      name,
      help,
      labelNames: labels,
      registers: [this.registry],
    });
    return {
      increase: (given = {}, by = 1) => {
        counter.inc({ ...given }, by);
      },
    };
  }

  histogram({ name, help, labels = [] }: MetricName, buckets: readonly number[]): Histogram {
    const options = { name, help, labelNames: labels, buckets: [...buckets] };
    const histogram = new client.Histogram({ ...options, registers: [this.registry] });
    return {
      observe: (value, given = {}) => {
        histogram.observe({ ...given }, value);
      },
    };
  }

  gauge(
    { name, help, labels = [] }: MetricName,
    read: () => number | readonly Measured[] | null,
    across: "sum" | "min" | "max" = "sum",
  ): void {
    new client.Gauge({
      ...{ name, help, labelNames: labels, aggregator: across, registers: [this.registry] },
      collect() {
        this.reset();
        // Without labels a gauge that was reset shows 0, which would be a lie.
        if (labels.length === 0) this.remove();
        for (const { value, labels: given = {} } of measured(read())) this.set({ ...given }, value);
      },
    });
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }
}

function measured(read: number | readonly Measured[] | null): readonly Measured[] {
  if (read === null) return [];
  return typeof read === "number" ? [{ value: read }] : read;
}
