/**
 * Runs the Solidity tests in Hardhat's own test runner (EDR), but without Hardhat around it: a mutant
 * then costs milliseconds, where a run of the command costs seconds.
 */
import { createRequire } from "node:module";
import type { CompiledContract } from "./compiler.ts";
import { REACH, shelfOf } from "./schemata.ts";

interface ArtifactId {
  readonly name: string;
  readonly solcVersion: string;
  readonly source: string;
}

interface SuiteResult {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: "Success" | "Failure" | "Skipped";
    readonly reason?: string;
    readonly durationNs: bigint;
  }[];
}

interface TestContext {
  registerSolidityTestRunnerFactory(chainType: string, factory: unknown): Promise<void>;
  runSolidityTests(
    chainType: string,
    artifacts: readonly object[],
    suites: readonly ArtifactId[],
    config: object,
    tracing: object,
    onSuite: (result: SuiteResult) => void,
  ): Promise<unknown>;
}

/** What of EDR is used here. */
interface Edr {
  readonly EdrContext: new () => TestContext;
  readonly L1_CHAIN_TYPE: string;
  readonly CANCUN: string;
  l1SolidityTestRunnerFactory(): unknown;
}

interface TestCase {
  readonly suite: CompiledContract;
  readonly name: string;
}

interface TestOutcome {
  readonly name: string;
  readonly isGood: boolean;
  readonly reason: string;
  readonly milliseconds: number;
}

const require = createRequire(createRequire(import.meta.url).resolve("hardhat"));
const edr = require("@nomicfoundation/edr") as Edr;

/** Enough for every test as it is, not for one that a mutant made endless. */
const GAS_LIMIT = 1_000_000_000n;
const FUZZ = { runs: 16, seed: "0x11a192c0de" };
const INVARIANT = { runs: 4, depth: 64, failOnRevert: true };

/** There can be one in a process. */
let context: Promise<TestContext> | undefined;

async function startContext(): Promise<TestContext> {
  const started = new edr.EdrContext();
  const factory = edr.l1SolidityTestRunnerFactory();
  await started.registerSolidityTestRunnerFactory(edr.L1_CHAIN_TYPE, factory);
  return started;
}

export class TestRunner {
  readonly #context: TestContext;
  readonly #artifacts: readonly ReturnType<typeof artifactOf>[];
  readonly #shelves: readonly object[];

  private constructor(context: TestContext, contracts: readonly CompiledContract[]) {
    this.#context = context;
    this.#artifacts = contracts.map(artifactOf);
    this.#shelves = contracts
      .filter(({ creationCode }) => creationCode !== "")
      .map(({ source, name, creationCode }) => ({
        address: Buffer.from(shelfOf(source, name).slice(2), "hex"),
        code: Buffer.from(creationCode, "hex"),
      }));
  }

  static async of(contracts: readonly CompiledContract[]): Promise<TestRunner> {
    context ??= startContext();
    return new TestRunner(await context, contracts);
  }

  /** Runs some tests of one contract with a mutant, or with none (0). */
  async run(
    suite: CompiledContract,
    tests: readonly string[],
    mutant: number,
  ): Promise<readonly TestOutcome[]> {
    return await this.#run(suite, tests, BigInt(mutant), {});
  }

  /** Runs one test and tells which places it reaches, by their first mutants. */
  async reach(suite: CompiledContract, name: string): Promise<ReadonlySet<number>> {
    const reached = new Set<number>();
    const onCollectedCoverageCallback = async (hits: readonly Uint8Array[]): Promise<void> => {
      for (const hit of hits) reached.add(Buffer.from(hit).readUInt32BE(28));
    };
    await this.#run(suite, [name], REACH, {
      observability: { codeCoverage: { onCollectedCoverageCallback } },
    });
    return reached;
  }

  async #run(suite: CompiledContract, tests: readonly string[], chosen: bigint, more: object) {
    const { id } = artifactOf(suite);
    const config = {
      projectRoot: process.cwd(),
      hardfork: edr.CANCUN,
      gasLimit: GAS_LIMIT,
      disableBlockGasLimit: true,
      disableTransactionGasCap: true,
      blockCoinbase: Buffer.from(chosen.toString(16).padStart(40, "0"), "hex"),
      localPredeploys: this.#shelves,
      testPattern: `^(${tests.join("|")})\\(`,
      fuzz: FUZZ,
      invariant: INVARIANT,
      ...more,
    };
    // The results come in a call of their own, before or after the run has ended.
    const { testResults } = await new Promise<SuiteResult>((resolve, reject) => {
      const tracing = { buildInfos: [], ignoreContracts: true };
      this.#context
        .runSolidityTests(edr.L1_CHAIN_TYPE, this.#artifacts, [id], config, tracing, resolve)
        .catch(reject);
    });
    return testResults.map(outcomeFrom);
  }
}

/** Every test in the compiled contracts. */
export function testsIn(contracts: readonly CompiledContract[]): readonly TestCase[] {
  return contracts.flatMap((suite) =>
    suite.creationCode === ""
      ? []
      : suite.abi
          .filter(({ type, name = "" }) => type === "function" && /^(test|invariant)/.test(name))
          .map(({ name = "" }) => ({ suite, name })),
  );
}

function outcomeFrom(result: SuiteResult["testResults"][number]): TestOutcome {
  return {
    name: result.name,
    isGood: result.status === "Success",
    reason: result.reason ?? "",
    milliseconds: Number(result.durationNs / 1_000_000n),
  };
}

function artifactOf({ source, name, abi, creationCode, deployedCode }: CompiledContract) {
  return {
    id: { name, solcVersion: "0.8.37", source },
    contract: {
      abi: JSON.stringify(abi),
      bytecode: `0x${creationCode}`,
      linkReferences: {},
      deployedBytecode: `0x${deployedCode}`,
      deployedLinkReferences: {},
    },
  };
}
