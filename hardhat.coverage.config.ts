import { defineConfig } from "hardhat/config";
import project from "./hardhat.config.ts";

/**
 * Measures which lines of the contracts the Solidity tests reach. Coverage compiles instrumented
 * contracts, so it has folders of its own and `artifacts/` keeps what is deployed. Fewer runs do: a
 * line reached once is reached.
 */
export default defineConfig({
  ...project,
  test: {
    solidity: { fuzz: { runs: 32 }, invariant: { runs: 8, depth: 32, failOnRevert: true } },
  },
  paths: { cache: "cache/coverage", artifacts: "cache/coverage/artifacts" },
});
