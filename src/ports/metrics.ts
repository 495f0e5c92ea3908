/**
 * Figures of a running service for whoever watches it. Names are Prometheus's: `lz_…_total` for what only
 * rises, the unit at the end. Labels come from small closed sets: never a person, a certificate, an address
 * or anything else that a caller writes. The comments are the contract; nothing here throws.
 */

export type Labels = Readonly<Record<string, string>>;

export interface MetricName {
  /** Such as `lz_replays_total`. */
  readonly name: string;
  readonly help: string;
  /** The names of its labels. */
  readonly labels?: readonly string[];
}

export interface Counter {
  increase(labels?: Labels, by?: number): void;
}

export interface Histogram {
  observe(value: number, labels?: Labels): void;
}

export interface Measured {
  readonly value: number;
  readonly labels?: Labels;
}

export interface Metrics {
  counter(metric: MetricName): Counter;
  /** @param buckets their upper limits, rising */
  histogram(metric: MetricName, buckets: readonly number[]): Histogram;
  /**
   * Read when somebody asks; nothing is shown where it gives no number.
   * @param across what several processes of one machine come to together
   */
  gauge(
    metric: MetricName,
    read: () => number | readonly Measured[] | null,
    across?: "sum" | "min" | "max",
  ): void;
}
