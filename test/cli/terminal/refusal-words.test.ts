/** A clerk is never left alone with the name of a contract's error. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { problemJson } from "../../../src/cli/terminal/output.ts";
import { REFUSALS, refusalWords } from "../../../src/cli/terminal/refusal-words.ts";
import { Problem } from "../../../src/core/problem.ts";

const INTERFACES = join(import.meta.dirname, "../../../contracts/interfaces");

function errorsOfContracts(): string[] {
  const files = readdirSync(INTERFACES).filter((name) => name.endsWith(".sol"));
  const text = files.map((name) => readFileSync(join(INTERFACES, name), "utf8")).join("\n");
  return [...text.matchAll(/^ {4}error (\w+)\(/gm)].map(([, name]) => String(name));
}

describe("a contract's refusal", () => {
  it("has words in both languages for every error that the contracts have", () => {
    const errors = errorsOfContracts();
    expect(errors.length).toBeGreaterThan(40);
    expect(errors.filter((name) => REFUSALS[name] === undefined)).toEqual([]);
    for (const words of Object.values(REFUSALS)) {
      expect(words?.zh).toMatch(/\p{Script=Han}/u);
      expect(words?.en).toMatch(/^[A-Z].*\.$/);
    }
  });

  it("is told beside the error itself, also in JSON", () => {
    const detail = "AgencyRegistryUnknownAgency(agency: 11310000MB1A00001C)";
    const problem = new Problem("CONTRACT_REFUSED", detail);
    expect(refusalWords(problem)?.zh).toBe("该机关尚未登记");
    expect(problemJson(problem)).toMatchObject({ detail, reason: refusalWords(problem) });
  });

  it("of another contract, and any other problem, is left as it is", () => {
    expect(refusalWords(new Problem("CONTRACT_REFUSED", "reverted: 0x12"))).toBeNull();
    const other = new Problem("USAGE", "AgencyRegistryUnknownAgency()");
    expect(refusalWords(other)).toBeNull();
    expect(problemJson(other)).not.toHaveProperty("reason");
  });
});
