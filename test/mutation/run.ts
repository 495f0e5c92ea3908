/**
 * Makes mutants of the contracts and tells which of them the Solidity tests find.
 *
 *     node test/mutation/run.ts                 all of them
 *     node test/mutation/run.ts --sample 20     some, others whenever a source changes
 *     node test/mutation/run.ts --only Regions  those of one contract
 *
 * Ends with 1 when a survivor has no reason in survivors.json, when a reason is outdated, or when less
 * than 90 % of all were killed.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Build } from "./build.ts";
import { build, readSources } from "./build.ts";
import type { Trial } from "./campaign.ts";
import { Campaign } from "./campaign.ts";
import type { Sources } from "./compiler.ts";
import type { Mutant } from "./mutants.ts";
import { reportOf } from "./report.ts";
import { judge, readSurvivors } from "./survivors.ts";
import { TestRunner } from "./test-runner.ts";

const LEAST_KILLED = 0.9;
const ROOT = join(import.meta.dirname, "..", "..");

const { values: options } = parseArgs({
  options: { sample: { type: "string" }, only: { type: "string", multiple: true } },
});

process.exitCode = await main();

async function main(): Promise<number> {
  const isWhole = options.sample === undefined && options.only === undefined;
  const sources = readSources(ROOT);
  say("compiling the contracts with their mutants");
  const built = build(sources, chosenFrom(sources));
  const trials = await tryAll(built);
  const judgement = judge(trials, readSurvivors(), isWhole);
  process.stdout.write(`\n${reportOf(trials, judgement)}`);
  const isEnough = !isWhole || judgement.killed >= LEAST_KILLED * trials.length;
  const isExplained = judgement.unexplained.length + judgement.outdated.length === 0;
  return isEnough && isExplained && trials.length > 0 ? 0 : 1;
}

function chosenFrom(sources: Sources): (mutants: readonly Mutant[]) => readonly Mutant[] {
  const { sample, only } = options;
  return (mutants) => {
    const list = mutants.filter(({ contract }) => only?.includes(contract) ?? true);
    return sample === undefined ? list : drawn(list, Number(sample), digestOf([...sources].join()));
  };
}

/** In an order that looks random, but is the same for the same sources. */
function drawn(mutants: readonly Mutant[], count: number, seed: string): readonly Mutant[] {
  const keyed = mutants.map((mutant) => ({ mutant, key: digestOf(seed + mutant.name) }));
  return keyed
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .slice(0, count)
    .map(({ mutant }) => mutant);
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

async function tryAll(built: Build): Promise<readonly Trial[]> {
  const mutants = built.places.flatMap((place) => place.mutants);
  say("running every test without a mutant");
  const campaign = await Campaign.of(await TestRunner.of(built.contracts), built);
  say(`running the tests with each of ${String(mutants.length)} mutants`);
  const trials: Trial[] = [];
  for (const mutant of mutants) {
    trials.push(await campaign.try(mutant));
    if (trials.length % 100 === 0) say(`${String(trials.length)} of ${String(mutants.length)}`);
  }
  return trials;
}

function say(words: string): void {
  process.stdout.write(`mutation: ${words}\n`);
}
