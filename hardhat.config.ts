import { createRequire } from "node:module";
import { defineConfig } from "hardhat/config";

/** The compiler is the npm package solc, so that a build downloads nothing. */
const compiler = {
  version: "0.8.37",
  path: createRequire(import.meta.url).resolve("solc/soljson.js"),
};

/** Osaka is not asked for: a consortium chain may lag behind, and nothing here needs it. */
const evmVersion = "cancun";

export default defineConfig({
  solidity: {
    profiles: {
      default: {
        ...compiler,
        settings: { evmVersion, optimizer: { enabled: true, runs: 200 } },
      },
      production: {
        ...compiler,
        settings: { evmVersion, viaIR: true, optimizer: { enabled: true, runs: 1_000_000 } },
      },
    },
  },
  networks: {
    local: { type: "edr-simulated", chainType: "l1", chainId: 31337, initialBaseFeePerGas: 0 },
  },
  test: { solidity: { fuzz: { runs: 256 }, invariant: { runs: 64, depth: 64 } } },
  paths: { tests: { solidity: "contracts" } },
});
