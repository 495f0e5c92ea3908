/**
 * The figures of several processes, come together in the one that leads them. One that does not answer in
 * time, because it just starts or just died, is left out, and `lz_processes` says how many answered.
 */
import type { Worker } from "node:cluster";
import { setTimeout as sleep } from "node:timers/promises";
import client from "prom-client";

const PATIENCE_MS = 1_000;
const ASK = "figures";

interface Told {
  readonly figures: object;
}

/** For a process that is led: says its figures whenever it is asked. */
export function tellFigures(registry: client.Registry): void {
  process.on("message", (message) => {
    if (message === ASK)
      void registry.getMetricsAsJSON().then((figures) => process.send?.({ figures }));
  });
}

/** @param workers those that are asked */
export async function aggregatedFigures(workers: readonly Worker[]): Promise<string> {
  const asked = await Promise.all(workers.map(ask));
  const told = asked.filter((figures) => figures !== null);
  const together = client.AggregatorRegistry.aggregate(told);
  const count = { name: "lz_processes", help: "Processes that answer.", registers: [together] };
  new client.Gauge(count).set(told.length);
  return together.metrics();
}

async function ask(worker: Worker): Promise<object | null> {
  const hearing = new AbortController();
  const answer = new Promise<object>((resolve) => {
    const hear = (message: unknown): void => {
      if (isTold(message)) resolve(message.figures);
    };
    worker.on("message", hear);
    hearing.signal.addEventListener("abort", () => worker.off("message", hear));
  });
  if (worker.isConnected()) worker.send(ASK);
  const figures = await Promise.race([answer, sleep(PATIENCE_MS, null, { ref: false })]);
  hearing.abort();
  return figures;
}

function isTold(message: unknown): message is Told {
  return typeof message === "object" && message !== null && "figures" in message;
}
