/** Which mutants the tests find. */
import type { Build } from "./build.ts";
import type { CompiledContract } from "./compiler.ts";
import type { Mutant, Place } from "./mutants.ts";
import type { TestRunner } from "./test-runner.ts";
import { testsIn } from "./test-runner.ts";

export interface Trial {
  readonly mutant: Mutant;
  /** The first test that failed; none: the mutant survived. */
  readonly killedBy?: string;
  /** How many tests run its code at all. */
  readonly reachedBy: number;
}

/** A test with what it costs and where it comes, both without a mutant. */
interface KnownTest {
  readonly suite: CompiledContract;
  readonly name: string;
  readonly milliseconds: number;
  readonly reached: ReadonlySet<number>;
}

export class Campaign {
  readonly #runner: TestRunner;
  readonly #tests: readonly KnownTest[];
  /** Mutant → the first mutant of its place, by which the place is told. */
  readonly #places: ReadonlyMap<number, number>;

  private constructor(runner: TestRunner, tests: readonly KnownTest[], places: readonly Place[]) {
    this.#runner = runner;
    this.#tests = tests;
    this.#places = new Map(
      places.flatMap(({ mutants }) =>
        mutants.map(({ number }) => [number, mutants[0]?.number ?? number] as const),
      ),
    );
  }

  /** @throws Error when a test fails without any mutant */
  static async of(runner: TestRunner, { contracts, places }: Build): Promise<Campaign> {
    const tests: KnownTest[] = [];
    for (const { suite, name } of testsIn(contracts)) {
      const [outcome] = await runner.run(suite, [name], 0);
      const { isGood = false, milliseconds = 0, reason = "it did not run" } = outcome ?? {};
      if (!isGood) throw new Error(`${suite.name}.${name} fails without a mutant: ${reason}`);
      const reached = await runner.reach(suite, name);
      if (reached.size > 0) tests.push({ suite, name, milliseconds, reached });
    }
    return new Campaign(runner, tests, places);
  }

  /** Runs the tests that reach a mutant, the quickest first, until one fails. */
  async try(mutant: Mutant): Promise<Trial> {
    const place = this.#places.get(mutant.number) ?? mutant.number;
    const tests = this.#tests.filter(({ reached }) => reached.has(place));
    const reachedBy = tests.length;
    for (const { suite, names } of portionsOf(tests)) {
      const outcomes = await this.#runner.run(suite, names, mutant.number);
      const failed = outcomes.find(({ isGood }) => !isGood);
      if (failed) return { mutant, reachedBy, killedBy: `${suite.name}.${failed.name}` };
    }
    return { mutant, reachedBy };
  }
}

interface Portion {
  readonly suite: CompiledContract;
  readonly names: string[];
  milliseconds: number;
}

/** Few tests first, since most mutants fall to the first; of one contract, and 50 ms of them at most. */
function portionsOf(tests: readonly KnownTest[]): readonly Portion[] {
  const portions: Portion[] = [];
  for (const { suite, name, milliseconds } of [...tests].sort(byCost)) {
    const open = portions.find((portion) => {
      return portion.suite === suite && portion.milliseconds + milliseconds <= 50;
    });
    if (open === undefined) portions.push({ suite, names: [name], milliseconds });
    else {
      open.names.push(name);
      open.milliseconds += milliseconds;
    }
  }
  return portions;
}

function byCost(a: KnownTest, b: KnownTest): number {
  return a.milliseconds - b.milliseconds;
}
