import { defineConfig } from "hardhat/config";
import project from "./hardhat.config.ts";

/** The same tests, for long enough to find what is rare. */
export default defineConfig({
  ...project,
  test: {
    solidity: {
      fuzz: { runs: 100_000 },
      invariant: { runs: 1_024, depth: 500, failOnRevert: true },
    },
  },
});
