import { describe, expect, it } from "@jest/globals";
import { PrometheusMetrics } from "../../../src/adapters/metrics/prometheus.ts";

/** The lines that are figures, sorted. */
async function figuresOf(metrics: PrometheusMetrics): Promise<string[]> {
  const lines = (await metrics.text()).split("\n");
  return lines.filter((line) => line !== "" && !line.startsWith("#")).sort();
}

describe("figures for Prometheus", () => {
  it("count by label", async () => {
    const metrics = new PrometheusMetrics(false);
    const counter = metrics.counter({ name: "lz_x_total", help: "X.", labels: ["code"] });
    counter.increase({ code: "A" });
    counter.increase({ code: "A" }, 2);
    counter.increase({ code: "B" });
    expect(await figuresOf(metrics)).toEqual(['lz_x_total{code="A"} 3', 'lz_x_total{code="B"} 1']);
  });

  it("count without labels, and say so before anything was counted", async () => {
    const metrics = new PrometheusMetrics(false);
    const counter = metrics.counter({ name: "lz_x_total", help: "X." });
    expect(await figuresOf(metrics)).toEqual(["lz_x_total 0"]);
    counter.increase();
    expect(await figuresOf(metrics)).toEqual(["lz_x_total 1"]);
  });

  it("sort durations into buckets", async () => {
    const metrics = new PrometheusMetrics(false);
    const histogram = metrics.histogram({ name: "lz_s", help: "S." }, [0.1, 1]);
    histogram.observe(0.5);
    histogram.observe(2);
    expect(await figuresOf(metrics)).toEqual([
      'lz_s_bucket{le="+Inf"} 2',
      'lz_s_bucket{le="0.1"} 0',
      'lz_s_bucket{le="1"} 1',
      "lz_s_count 2",
      "lz_s_sum 2.5",
    ]);
  });

  it("are read when they are asked for, and left out where there is nothing to say", async () => {
    const metrics = new PrometheusMetrics(false);
    let age: number | null = null;
    metrics.gauge({ name: "lz_age_seconds", help: "Age." }, () => age, "max");
    expect(await figuresOf(metrics)).toEqual([]);
    age = 3;
    expect(await figuresOf(metrics)).toEqual(["lz_age_seconds 3"]);
    age = null;
    expect(await figuresOf(metrics)).toEqual([]);
  });

  it("forget a label whose value is gone", async () => {
    const metrics = new PrometheusMetrics(false);
    let nodes = ["0", "1"];
    const read = () => nodes.map((node) => ({ value: 1, labels: { node } }));
    metrics.gauge({ name: "lz_node_up", help: "Up.", labels: ["node"] }, read);
    expect(await figuresOf(metrics)).toHaveLength(2);
    nodes = ["1"];
    expect(await figuresOf(metrics)).toEqual(['lz_node_up{node="1"} 1']);
  });

  it("have the process's own with them", async () => {
    const figures = await figuresOf(new PrometheusMetrics());
    const names = [
      "process_resident_memory_bytes",
      "nodejs_eventloop_lag_seconds",
      "process_open_fds",
    ];
    for (const name of names) expect(figures.join("\n")).toContain(name);
  });
});
