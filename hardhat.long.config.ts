import { defineConfig } from "hardhat/config";
import project from "./hardhat.config.ts";

/** The same tests, for long enough to find what is rare. */
export default defineConfig({
  ...project,
  test: { solidity: { fuzz: { runs: 5_000 }, invariant: { runs: 256, depth: 500 } } },
});
