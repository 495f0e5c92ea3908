import { beforeAll, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { issueBatch } from "../support/certificate-batch.ts";
import { noCounts, simulate, simulateAll } from "./chain-simulation.ts";
import type { SimulationTools } from "./chain-simulation.ts";

let tools: SimulationTools;

beforeAll(async () => {
  const primitives = await loadPrimitives();
  const seeds = ["first", "second", "third", "fourth"];
  tools = { primitives, batches: seeds.map((seed) => issueBatch(primitives, { seed })) };
});

const SEEDS = Array.from({ length: 24 }, (_, i) => i + 1);

describe("following three nodes through errors, lies, reorganisations and restarts", () => {
  it.each(SEEDS)("ends where a replay from the beginning does: seed %i", async (seed) => {
    await simulate(tools, seed, noCounts());
  });

  it("also where one call of the store in twenty fails", async () => {
    const counts = noCounts();
    const failed = await simulateAll(
      { ...tools, storeFailing: 0.05 },
      [101, 102, 103, 104],
      counts,
    );
    expect(failed).toEqual(new Map());
    expect(counts.storeFailures).toBeGreaterThan(10);
  });

  it("meets what it is to meet, and is the same for the same seed", async () => {
    const [one, other] = [noCounts(), noCounts()];
    for (const counts of [one, other]) {
      expect(await simulateAll(tools, [3, 4], counts)).toEqual(new Map());
    }
    expect(other).toEqual(one);
    for (const what of ["failures", "delays", "lies", "reorganisations", "alarms", "restarts"]) {
      expect({ what, times: one[what as keyof typeof one] > 0 }).toEqual({ what, times: true });
    }
  });
});
