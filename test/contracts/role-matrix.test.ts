/** contracts/RoleMatrix.t.sol says who may call what; here it is held to leave nothing out. */
import { describe, expect, it } from "@jest/globals";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deployableContracts } from "./deployable.ts";

const MATRIX = join(import.meta.dirname, "..", "..", "contracts", "RoleMatrix.t.sol");

const rows = new Set(
  [...readFileSync(MATRIX, "utf8").matchAll(/"(\w+\.\w+)"/g)].map(([, row]) => row),
);
const functions = new Set(
  deployableContracts().flatMap(({ name, abi }) =>
    abi
      .filter(({ type, stateMutability = "" }) => {
        return type === "function" && !["view", "pure"].includes(stateMutability);
      })
      .map((entry) => `${name}.${entry.name ?? ""}`),
  ),
);

describe("the matrix of roles and functions", () => {
  it("has a row for every function that changes something", () => {
    expect([...functions].filter((name) => !rows.has(name))).toEqual([]);
  });

  it("has no row for a function that is not there", () => {
    expect([...rows].filter((row) => row !== undefined && !functions.has(row))).toEqual([]);
  });

  it("is about more functions than one contract has", () => {
    expect(functions.size).toBeGreaterThan(30);
  });
});
