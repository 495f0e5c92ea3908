/** The simulation of following a chain, with many seeds: `node test/faults/simulate.ts --seeds 1000 [--from 1]`. */
import { parseArgs } from "node:util";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { issueBatch } from "../support/certificate-batch.ts";
import { noCounts, simulateAll } from "./chain-simulation.ts";

const { values } = parseArgs({
  options: { seeds: { type: "string", default: "1000" }, from: { type: "string", default: "1" } },
});
const primitives = await loadPrimitives();
const names = ["first", "second", "third", "fourth"];
const tools = { primitives, batches: names.map((seed) => issueBatch(primitives, { seed })) };
const counts = noCounts();
const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + Number(values.from));
const failed = await simulateAll(tools, seeds, counts);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
for (const [seed, why] of failed) say(`seed ${String(seed)}: ${why}`);
for (const [what, times] of Object.entries(counts)) say(`${what}: ${String(times)}`);
say(`simulation: ${String(seeds.length - failed.size)} survived, ${String(failed.size)} not`);
process.exitCode = failed.size === 0 ? 0 : 1;
