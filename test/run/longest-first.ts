/**
 * The order in which Jest begins test files: the longest first, so that no worker is left with one at the end.
 * How long each takes Jest knows only from an earlier run, which a fresh clone never had; by itself it takes the
 * largest for the longest.
 */
import { statSync } from "node:fs";

interface TestFile {
  readonly path: string;
}

/** Files that take longer than their size would tell, from the longest down. */
const LONGEST = [
  "e2e/bench",
  "faults/kills",
  "e2e/jobs",
  "e2e/demo",
  "e2e/readme",
  "e2e/stories",
  "e2e/deployment",
  "faults/system-calls",
  "faults/weathers",
  "faults/two-at-once",
  "app/issue/broken-off",
  "adapters/agency-store/agency-store",
  "adapters/agency-store/faults",
  "main/verifier",
].map((name) => `/test/${name}.test.ts`);

/** @see https://jestjs.io/docs/configuration#testsequencer-string */
export default class LongestFirst {
  sort<T extends TestFile>(tests: readonly T[]): T[] {
    const ranked = tests.map((test) => ({
      test,
      rank: rankOf(test),
      size: statSync(test.path).size,
    }));
    return ranked.sort((a, b) => a.rank - b.rank || b.size - a.size).map(({ test }) => test);
  }

  /** Jest asks for those that failed before only where it is told to run no others. */
  allFailedTests<T extends TestFile>(tests: readonly T[]): readonly T[] {
    return tests;
  }

  cacheResults(): void {
    // Nothing is remembered: the order is the same on every machine.
  }
}

function rankOf({ path }: TestFile): number {
  const rank = LONGEST.findIndex((name) => path.endsWith(name));
  return rank < 0 ? LONGEST.length : rank;
}
