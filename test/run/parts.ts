/** The parts of `./lz test`: what each runs, and how many checks that was. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Counts, Showing, Step } from "./step.ts";
import { NO_COUNTS, runStep } from "./step.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const BIN = join(ROOT, "node_modules", ".bin");
const GAS_TESTS = "contracts/Gas.t.sol";
const ACCEPTANCE = join(ROOT, "bench", "acceptance.ts");
const FAULTS = join(ROOT, "test", "faults", "run.ts");
const HOSTILE = join(ROOT, "test", "faults", "hostile-run.ts");
const SOAK = join(ROOT, "bench", "soak.ts");
const SIMULATION = join(ROOT, "test", "faults", "simulate.ts");
/** Where Jest writes the lines that no test reached. */
const UNCOVERED = join(ROOT, "coverage", "jest", "uncovered.txt");
const LEAN_COVERAGE = join(import.meta.dirname, "lean-coverage.ts");
const MUTATION = join(ROOT, "test", "mutation", "run.ts");
/** Mutants tried in every run: others whenever a contract or a test of one changes. */
const MUTATION_SAMPLE = "20";
/** Tests that try only some sizes unless LZ_LONG asks for all of them. */
const THINNED = [
  "test/core/batch/tree.test.ts",
  "test/adapters/qr/qr.test.ts",
  "test/app/set-statuses.test.ts",
];
/** In percent. */
const GAS_TOLERANCE = "2";

export interface Part {
  readonly name: string;
  readonly about: string;
  /**
   * When `./lz test` without a name runs it: before all others; beside those, since it needs nothing of theirs; in
   * one of two lanes, each of which takes the next as soon as it is free; or not at all. What one of them reads no
   * other that may run beside it writes.
   */
  readonly turn: "first" | "beside the first" | "usual" | "only when named";
  readonly steps: readonly Step[];
}

function check(title: string, bin: string, ...args: string[]): Step {
  return { title, command: join(BIN, bin), args };
}

function hardhat(title: string, ...args: string[]): Step {
  return { title, command: join(BIN, "hardhat"), args, count: countSolidityTests };
}

/** One check for each contract: every line and statement of it is reached. */
function coverage(...args: string[]): Step {
  return {
    title: "coverage",
    command: join(BIN, "hardhat"),
    args,
    count: (output) => {
      const rows = [...output.matchAll(/║ contracts\/\S+\s+│ ([\d.]+)\s+│ ([\d.]+)/g)];
      const whole = rows.filter(
        ([, lines, statements]) => lines === "100.00" && statements === "100.00",
      );
      return { passed: whole.length, failed: rows.length - whole.length, skipped: 0 };
    },
  };
}

/** One check for each mutant: a test finds it, or it is explained why none does. */
function mutation(title: string, ...args: string[]): Step {
  return {
    title,
    command: process.execPath,
    args: [MUTATION, ...args],
    count: (output) => {
      const count = (word: string): number => {
        return Number(new RegExp(`mutants: .*?(\\d+) ${word}`).exec(output)?.[1] ?? 0);
      };
      return {
        passed: count("killed") + count("explained"),
        failed: count("unexplained") + count("outdated"),
        skipped: 0,
      };
    },
  };
}

/** One check for each run: a job survives one fault. */
function faults(title: string): Step {
  return {
    title,
    command: process.execPath,
    args: ["--disable-warning=ExperimentalWarning", FAULTS],
    count: (output) => {
      const [, survived = 0, not = 1] = /faults: (\d+) survived, (\d+) not/.exec(output) ?? [];
      return { passed: Number(survived), failed: Number(not), skipped: 0 };
    },
  };
}

/** One check for each hostile thing: it is refused, or does no harm. */
function hostile(title: string): Step {
  return {
    title,
    command: process.execPath,
    args: ["--disable-warning=ExperimentalWarning", HOSTILE],
    count: (output) => {
      const [, good = 0, bad = 1] =
        /hostile: (\d+) refused or harmless, (\d+) not/.exec(output) ?? [];
      return { passed: Number(good), failed: Number(bad), skipped: 0 };
    },
  };
}

/** One check for each seed: following the chain ends where a replay from the beginning does. */
function simulation(title: string, seeds: number): Step {
  return {
    title,
    command: process.execPath,
    args: ["--disable-warning=ExperimentalWarning", SIMULATION, "--seeds", String(seeds)],
    count: (output) => {
      const [, survived = 0, not = 1] = /simulation: (\d+) survived, (\d+) not/.exec(output) ?? [];
      return { passed: Number(survived), failed: Number(not), skipped: 0 };
    },
  };
}

function jest(
  title: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Step {
  // Of its own, since two lanes may run Jest at the same time.
  const report = join(ROOT, "cache", `jest-${title}.json`);
  return {
    title,
    command: process.execPath,
    args: [
      "--experimental-vm-modules",
      `--import=${LEAN_COVERAGE}`,
      "--disable-warning=ExperimentalWarning",
      join(ROOT, "node_modules", "jest", "bin", "jest.js"),
      ...args,
      "--json",
      `--outputFile=${report}`,
    ],
    env,
    isInMemory: true,
    before: () => {
      rmSync(report, { force: true });
    },
    explain: (output) =>
      /Coverage for .* does not meet/.test(output) ? readFileSync(UNCOVERED, "utf8") : "",
    count: () => countJestTests(report),
  };
}

/** In the order in which they are begun: what fails soon first, what uses both cores best last. */
export const PARTS: readonly Part[] = [
  {
    name: "compile",
    about: "the contracts, without a warning",
    turn: "first",
    steps: [
      {
        ...check("compile", "hardhat", "build", "--no-tests", "--force"),
        forbidden: /warning/i,
        // So that ./lz, which leaves it to this step, knows of it.
        after: () => {
          writeFileSync(join(ROOT, "artifacts", ".lz-compiled"), "");
        },
      },
    ],
  },
  {
    name: "static",
    about: "format, lint, types, layers, unused code, Solidity lint",
    turn: "beside the first",
    steps: [
      check("format", "prettier", "--check", "--log-level=warn", "."),
      check("types", "tsc", "-p", "."),
      check("types of the pages", "vue-tsc", "-p", "src/web"),
      check("types of their tests", "tsc", "-p", "test/web"),
      check("lint", "eslint", "--max-warnings=0", "."),
      check("layers", "depcruise", "--config", ".dependency-cruiser.cjs", "src", "scripts"),
      check("unused code", "knip", "--max-show-issues=20"),
      check("Solidity lint", "solhint", "--max-warnings=0", "contracts/**/*.sol"),
    ],
  },
  {
    name: "unit",
    about: "core, application, adapters and HTTP, with coverage",
    turn: "usual",
    steps: [
      jest("unit", [
        "--coverage",
        "--maxWorkers=2",
        "--testPathIgnorePatterns=test/(e2e|vectors|faults|web/browser)/",
      ]),
    ],
  },
  {
    name: "contracts",
    about: "Solidity tests with fuzzing and invariants, gas, some mutants",
    turn: "usual",
    steps: [
      hardhat("tests", "test", "solidity"),
      hardhat(
        "gas",
        "test",
        "solidity",
        GAS_TESTS,
        "--snapshot-check",
        "--tolerance",
        GAS_TOLERANCE,
      ),
      mutation("some mutants", "--sample", MUTATION_SAMPLE),
    ],
  },
  {
    name: "pages",
    about: "the pages in a real browser, with a camera",
    turn: "usual",
    steps: [jest("pages", ["test/web/browser", "--maxWorkers=1"])],
  },
  {
    name: "e2e",
    about: "every command as a user runs it, and the demo",
    turn: "usual",
    steps: [jest("e2e", ["test/e2e", "--maxWorkers=3"])],
  },
  {
    name: "faults",
    about: "issuing killed, starved and contradicted at some of the points there are",
    turn: "usual",
    steps: [jest("faults", ["test/faults", "--maxWorkers=2"])],
  },
  {
    name: "vectors",
    about: "conformance vectors, of this folder or of LZ_VECTORS",
    turn: "usual",
    steps: [jest("vectors", ["test/vectors"])],
  },
  {
    name: "mutation",
    about: "every mutant of the contracts: whether a test finds it",
    turn: "only when named",
    steps: [mutation("all mutants")],
  },
  {
    name: "long",
    about:
      "what is too long for every day: coverage of the contracts, long fuzzing, all sizes, a million records, all faults, hostile input, soak",
    turn: "only when named",
    steps: [
      coverage("--config", "hardhat.coverage.config.ts", "test", "solidity", "--coverage"),
      hardhat("long fuzzing", "--config", "hardhat.long.config.ts", "test", "solidity"),
      jest("all sizes", ["--maxWorkers=2", ...THINNED], { LZ_LONG: "yes" }),
      { title: "a million records", command: process.execPath, args: [ACCEPTANCE] },
      faults("all faults"),
      simulation("a chain simulated", 1_000),
      hostile("a million hostile things"),
      { title: "three minutes of soak", command: process.execPath, args: [SOAK, "--minutes", "3"] },
    ],
  },
];

/** One part after the other. */
export async function runParts(parts: readonly Part[], showing: Showing): Promise<Counts> {
  let counts = NO_COUNTS;
  for (const { name, steps } of parts) {
    for (const step of steps) counts = add(counts, await runStep(name, step, ROOT, showing));
  }
  return counts;
}

export function add(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}

/** Hardhat ends with `12 passing`, `1 failing`, `1 skipped`. */
function countSolidityTests(output: string): Counts {
  const last = (word: string): number => {
    const found = [...output.matchAll(new RegExp(`(\\d+) ${word}`, "g"))].at(-1);
    return Number(found?.[1] ?? 0);
  };
  return { passed: last("passing"), failed: last("failing"), skipped: last("skipped") };
}

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

function countJestTests(file: string): Counts {
  const report = JSON.parse(readFileSync(file, "utf8")) as JestReport;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
