/** The figures of following the chain: the view, the nodes, what went wrong. */
import type { ProblemCode } from "../../core/problem-codes.ts";
import type { Problem } from "../../core/problem.ts";
import type { LedgerView } from "../../core/verify/case.ts";
import type { Measured, Metrics } from "../../ports/metrics.ts";
import type { NodeHealth } from "../../ports/chain-reader.ts";
import { systemClock } from "../system.ts";

export interface LedgerFigures {
  /** Following the chain begins to fail, with that. */
  readonly trouble: (problem: Problem) => void;
}

/** What is asked for when the figures are. */
export interface LedgerSources {
  readonly view: () => LedgerView | null;
  readonly nodes: () => readonly NodeHealth[];
  /** What following the chain fails with now; null while it works. */
  readonly trouble: () => ProblemCode | null;
}

/** Of several processes the worst counts: the lowest block, the oldest view, a node that one of them can't use. */
export function ledgerFigures(
  metrics: Metrics,
  { view, nodes, trouble }: LedgerSources,
): LedgerFigures {
  measureView(metrics, view);
  measureNodes(metrics, nodes);
  measureTrouble(metrics, trouble);
  const troubles = metrics.counter({
    name: "lz_chain_troubles_total",
    help: "How often following the chain began to fail, by code.",
    labels: ["code"],
  });
  return {
    trouble: ({ code }) => {
      troubles.increase({ code });
    },
  };
}

/** As long as it lasts: what a counter counts for the first time, Prometheus does not see rise. */
function measureTrouble(metrics: Metrics, trouble: () => ProblemCode | null): void {
  const name = { name: "lz_chain_trouble", labels: ["code"] };
  const help = "1 while following the chain fails, by code.";
  const read = (): readonly Measured[] => {
    const code = trouble();
    return code === null ? [] : [{ value: 1, labels: { code } }];
  };
  metrics.gauge({ ...name, help }, read, "max");
}

/** How long ago the chain confirmed it, in seconds. */
export function ageOf({ asOf }: LedgerView): number {
  return systemClock.now() - asOf;
}

function measureView(metrics: Metrics, view: () => LedgerView | null): void {
  const read = (of: (view: LedgerView) => number) => (): number | null => {
    const now = view();
    return now === null ? null : of(now);
  };
  const block = {
    name: "lz_ledger_block",
    help: "Number of the block that verdicts are given on.",
  };
  const time = { name: "lz_ledger_block_time_seconds", help: "The block's own time, since 1970." };
  const age = { name: "lz_ledger_age_seconds", help: "How long ago the chain confirmed the view." };
  metrics.gauge(
    block,
    read((now) => now.block.number),
    "min",
  );
  metrics.gauge(
    time,
    read((now) => now.block.time),
    "min",
  );
  metrics.gauge(age, read(ageOf), "max");
}

/** Nodes are numbered in the order of the settings: an address may hold a secret. */
function measureNodes(metrics: Metrics, nodes: () => readonly NodeHealth[]): void {
  const each = (of: (node: NodeHealth) => number | null) => (): readonly Measured[] => {
    return nodes().flatMap((health, at) => {
      const value = of(health);
      return value === null ? [] : [{ value, labels: { node: String(at + 1) } }];
    });
  };
  const labels = ["node"];
  const up = {
    name: "lz_node_up",
    help: "1 for a node that is well, by its number in the settings.",
    labels,
  };
  const block = { name: "lz_node_block", help: "The newest block that a node has named.", labels };
  metrics.gauge(
    up,
    each(({ fault }) => (fault === null ? 1 : 0)),
    "min",
  );
  metrics.gauge(
    block,
    each(({ block: number }) => number),
    "min",
  );
}
