/** What Prometheus is told of following the chain. */
import { expect, it } from "@jest/globals";
import { PrometheusMetrics } from "../../../src/adapters/metrics/prometheus.ts";
import type { ProblemCode } from "../../../src/core/problem-codes.ts";
import { ledgerFigures } from "../../../src/main/service/ledger-figures.ts";

it("a trouble is told for as long as it lasts, with its code", async () => {
  const metrics = new PrometheusMetrics(false);
  let trouble: ProblemCode | null = null;
  ledgerFigures(metrics, { view: () => null, nodes: () => [], trouble: () => trouble });
  const told = async (): Promise<string[]> => {
    return (await metrics.text()).split("\n").filter((line) => /^lz_chain_trouble\b/.test(line));
  };
  expect(await told()).toEqual([]);
  trouble = "CHAIN_REORGANISED";
  expect(await told()).toEqual(['lz_chain_trouble{code="CHAIN_REORGANISED"} 1']);
  trouble = null;
  expect(await told()).toEqual([]);
});
