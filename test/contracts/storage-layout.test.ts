/**
 * Nobody upgrades a contract in place, but status registries are read by other tools at their slots,
 * and packing is what the gas figures rest on. So a changed layout is a decision, not an accident.
 */
import { describe, expect, it } from "@jest/globals";
import { readFileSync } from "node:fs";
import { LAYOUT_FILE, storageLayout } from "./storage-layout.ts";

describe("the storage layout", () => {
  it("is the one that is kept (node test/contracts/write-storage-layout.ts writes a new one)", () => {
    expect(storageLayout()).toEqual(JSON.parse(readFileSync(LAYOUT_FILE, "utf8")));
  });
});
