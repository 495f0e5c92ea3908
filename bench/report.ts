/** What a benchmark says: one row for each figure, beside a peer's or a limit's of the same run. */
import { cpus, loadavg } from "node:os";

export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it is measured against; null where it stands alone. */
  readonly against: string | null;
  /** How many times better than that. */
  readonly ratio: number | null;
  readonly target: string | null;
  /** Null without a target. */
  readonly met: boolean | null;
}

export interface Report {
  readonly machine: string;
  readonly rows: readonly Row[];
}

/** What a figure is measured against, with its own figure. */
export function against(name: string, value: number): string {
  return `${name}: ${rounded(value)}`;
}

/** @param target how many times better it has to be; null where nothing is asked */
export function times(ratio: number, target: number | null): Pick<Row, "ratio" | "target" | "met"> {
  if (target === null) return { ratio, target, met: null };
  return { ratio, target: `≥ ${String(target)} ×`, met: ratio >= target };
}

/** For a figure that is better the smaller it is. @param most null where nothing is asked */
export function atMost(
  value: number,
  most: number | null,
  unit: string,
): Pick<Row, "value" | "unit" | "target" | "met"> {
  if (most === null) return { value, unit, target: null, met: null };
  return { value, unit, target: `≤ ${rounded(most)} ${unit}`, met: value <= most };
}

/** For a figure that is better the larger it is. @param least null where nothing is asked */
export function atLeast(
  value: number,
  least: number | null,
  unit: string,
): Pick<Row, "value" | "unit" | "target" | "met"> {
  if (least === null) return { value, unit, target: null, met: null };
  return { value, unit, target: `≥ ${rounded(least)}`, met: value >= least };
}

export const standsAlone = { against: null, ratio: null, target: null, met: null } as const;

export function machineName(): string {
  const { model = "unknown processor" } = cpus()[0] ?? {};
  const load = (loadavg()[0] ?? 0).toFixed(1);
  return `${model.trim()}, ${String(cpus().length)} cores, load ${load}, Node ${process.version}`;
}

const COLUMNS = ["", "figure", "unit", "against", "ratio", "target", ""] as const;

export function toTable({ machine, rows }: Report): string {
  const lines = [COLUMNS, COLUMNS.map(() => "---"), ...rows.map(cellsOf)];
  return `${machine}\n\n${lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("")}`;
}

function cellsOf({ name, value, unit, against, ratio, target, met }: Row): string[] {
  const verdict = met === null ? "" : met ? "met" : "MISSED";
  const times = ratio === null ? "" : `${ratio.toFixed(2)} ×`;
  return [name, rounded(value), unit, against ?? "", times, target ?? "", verdict];
}

/** Three significant digits at least, with k and M for thousands and millions. */
export function rounded(value: number): string {
  if (value >= 999_500) return `${digits(value / 1e6)} M`;
  return value >= 10_000 ? `${digits(value / 1e3)} k` : digits(value);
}

function digits(value: number): string {
  return value >= 99.95 ? value.toFixed(0) : value.toPrecision(3);
}

/** The table, or with `--json` the report as one object. */
export function print(report: Report, isJson: boolean): void {
  process.stdout.write(isJson ? `${JSON.stringify(report)}\n` : toTable(report));
}
