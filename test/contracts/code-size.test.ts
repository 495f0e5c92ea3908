/** A contract larger than EIP-170 allows can't be deployed. */
import { describe, expect, it } from "@jest/globals";
import { deployableContracts } from "./deployable.ts";

const LARGEST = 24_576;

describe("the deployed code", () => {
  it.each(deployableContracts().map(({ name, deployedBytecode }) => [name, deployedBytecode]))(
    "of %s is small enough for every chain",
    (_name, code = "") => {
      const bytes = (code.length - 2) / 2;
      expect(bytes).toBeGreaterThan(0);
      expect(bytes).toBeLessThanOrEqual(LARGEST);
    },
  );
});
