import { describe, expect, it } from "@jest/globals";
import { replacedWords } from "../../../src/cli/governance/deploy.ts";
import type { ConfigurationFile } from "../../../src/config.ts";

const NODE = { rpc: "http://127.0.0.1:8545", chainId: 31337, confirmations: 0 };
const FIRST: ConfigurationFile = { ...NODE, directory: `0x${"1".repeat(40)}` };
const SECOND: ConfigurationFile = { ...NODE, directory: `0x${"2".repeat(40)}` };

describe("a deployment where one was configured before", () => {
  it("says how the one before can still be reached, which no file names any more", () => {
    const words = replacedWords(FIRST, SECOND);
    expect(words).toContain(`--rpc ${FIRST.rpc} --directory ${FIRST.directory}`);
  });

  it("says nothing of one before where there was none", () => {
    expect(replacedWords(null, FIRST)).toBeNull();
  });

  it("says nothing where a chain begun anew gives the same address again", () => {
    expect(replacedWords(FIRST, { ...FIRST })).toBeNull();
  });
});
