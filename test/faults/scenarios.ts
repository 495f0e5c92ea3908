/** What a seed stands for: a job of its own kind. The same seed is the same job on every machine. */
import { createPrng } from "../../src/app/sample/prng.ts";

export interface Scenario {
  readonly seed: number;
  /** Valid records in the table. */
  readonly records: number;
  /** Records that are not; they are skipped. */
  readonly invalid: number;
  readonly batchSize: number;
  readonly isPadded: boolean;
  readonly suite: "keccak256" | "sm3";
  readonly confirmations: number;
  /** How many batches one transaction takes at most; null as many as the chain lets it. */
  readonly batchesAtOnce: number | null;
  /** Whether the numbers were issued before, so that older certificates are superseded. */
  readonly supersedes: boolean;
  /** Whether a block comes with each transaction, only at some looks at the chain, or only when a receipt is asked for. */
  readonly mining: "at once" | "while waiting" | "when asked";
}

/** Some seeds are for what chance would seldom draw. */
const SPECIAL: Readonly<Record<number, Partial<Scenario>>> = {
  1: {
    records: 3,
    invalid: 0,
    batchSize: 4096,
    isPadded: false,
    supersedes: false,
    mining: "at once",
  },
  2: { records: 9, batchSize: 4, supersedes: true, mining: "at once" },
  3: { records: 12, batchSize: 5, supersedes: true, mining: "when asked" },
  /** More roots than one transaction takes. */
  7: {
    records: 300,
    invalid: 0,
    batchSize: 1,
    isPadded: false,
    supersedes: false,
    mining: "while waiting",
  },
  /** More than one chunk in a batch. */
  13: { records: 4_500, invalid: 2, batchSize: 4_200, supersedes: false, mining: "at once" },
};

export function scenarioOf(seed: number): Scenario {
  const prng = createPrng(`scenario ${String(seed)}`);
  const supersedes = prng.below(3) === 0;
  const drawn: Scenario = {
    seed,
    records: 1 + prng.below(40),
    invalid: prng.pick([0, 0, 1, 3]),
    batchSize: prng.pick([1, 2, 3, 4, 7, 8, 16, 64, 4096]),
    isPadded: prng.below(2) === 0,
    suite: prng.pick(["keccak256", "sm3"]),
    confirmations: prng.pick([0, 0, 1, 2]),
    batchesAtOnce: prng.pick([null, null, 1, 3]),
    supersedes,
    // Whoever supersedes waits for each of its transactions, whatever happens at the node meanwhile.
    mining: prng.pick(["at once", supersedes ? "when asked" : "while waiting"]),
  };
  return { ...drawn, ...SPECIAL[seed] };
}
