import { resolve } from "node:path";
import { defineConfig } from "hardhat/config";
import { definePlugin, HardhatPluginError } from "hardhat/plugins";
import { quickTests } from "./hardhat.quick-tests.ts";

/** Instrumented contracts must never be taken for the deployable ones. */
const deployable = resolve(import.meta.dirname, "artifacts");

const coverageApart = definePlugin({
  id: "liangzheng-coverage-apart",
  hookHandlers: {
    hre: async () => ({
      default: async () => ({
        created: async (context) => {
          if (!context.globalOptions.coverage || context.config.paths.artifacts !== deployable)
            return;
          throw new HardhatPluginError(
            "liangzheng-coverage-apart",
            "Coverage would overwrite artifacts/; add --config hardhat.coverage.config.ts",
          );
        },
      }),
    }),
  },
});

/**
 * One build profile for everything: what is tested and measured is what is deployed. Solidity tests
 * are compiled into `cache/test-artifacts`, so `artifacts/` only ever holds deployable code.
 */
export default defineConfig({
  plugins: [coverageApart, quickTests],
  solidity: {
    /** The compiler is the npm package solc, so that a build downloads nothing. */
    version: "0.8.37",
    path: resolve(import.meta.dirname, "hardhat.solc.js"),
    settings: {
      /** Osaka is not asked for: a consortium chain may lag behind, and nothing here needs it. */
      evmVersion: "cancun",
      viaIR: true,
      optimizer: { enabled: true, runs: 1_000_000 },
    },
    isolated: false,
    splitTestsCompilation: true,
  },
  networks: {
    local: { type: "edr-simulated", chainType: "l1", chainId: 31337, initialBaseFeePerGas: 0 },
  },
  /** No act of the invariants may revert: what is refused on purpose is caught where it is tried. */
  test: {
    solidity: {
      fuzz: { runs: 1_000 },
      invariant: { runs: 64, depth: 500, failOnRevert: true },
    },
  },
});
