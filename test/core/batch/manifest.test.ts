import { describe, expect, it } from "@jest/globals";
import { keccak256 as ethersKeccak256 } from "ethers";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { manifestBytes, manifestHash } from "../../../src/core/batch/manifest.ts";

const manifest = {
  anchor: `0x${"a1".repeat(20)}`,
  chainId: 31337,
  root: `0x${"cd".repeat(32)}`,
  size: 5,
  suite: "sm3",
  schemaVersion: 1,
  type: "111000000000199087001",
  agency: "11460200MB12345627",
} as const;

describe("a batch's manifest", () => {
  it("has its members in one order, whatever the order they are given in, and nothing more", () => {
    const text = new TextDecoder().decode(
      manifestBytes({ ...manifest, holder: "王小明" } as typeof manifest),
    );
    expect(Object.keys(JSON.parse(text) as object)).toEqual([
      "format",
      "agency",
      "type",
      "schemaVersion",
      "suite",
      "size",
      "root",
      "chainId",
      "anchor",
    ]);
    expect(text.endsWith("}\n")).toBe(true);
  });

  it("is hashed with Keccak-256 even where the batch is hashed with SM3", async () => {
    const { keccak256 } = await loadPrimitives();
    const bytes = manifestBytes(manifest);
    expect(manifestHash(keccak256, bytes)).toBe(ethersKeccak256(bytes));
  });
});
