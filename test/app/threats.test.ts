/** docs/threats.md points at tests: each must be there, and every threat must name one or say that there is none. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";

const ROOT = join(import.meta.dirname, "..", "..");
const page = readFileSync(join(ROOT, "docs/threats.md"), "utf8");

interface NamedTest {
  readonly file: string;
  readonly title: string;
}

const NAMED = /^- `([^`]+)`: (.+)$/gm;

function testsNamedIn(text: string): NamedTest[] {
  return [...text.matchAll(NAMED)].map(([, file = "", title = ""]) => ({ file, title }));
}

/** A Solidity test by its function, a Jest test or its group by its whole title. */
function isThere({ file, title }: NamedTest): boolean {
  const path = join(ROOT, file);
  if (!existsSync(path)) return false;
  const text = readFileSync(path, "utf8");
  return file.endsWith(".sol") ? text.includes(`function ${title}(`) : text.includes(`"${title}"`);
}

describe("docs/threats.md", () => {
  const sections = page.split(/^## /m).slice(1);

  it("treats every threat that was asked about", () => {
    const titles = sections.map((section) => section.split("\n")[0]);
    expect(titles).toHaveLength(31);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it("says of each what the attacker can do, what stops it, and what shows it or that nothing does", () => {
    for (const section of sections) {
      expect(section).toContain("**What they can do.**");
      expect(section).toContain("**What stops it.**");
      const isShown = testsNamedIn(section).length > 0;
      expect([section.split("\n")[0], isShown || section.includes("**No defence**")]).toEqual([
        section.split("\n")[0],
        true,
      ]);
    }
  });

  it("names only tests that are there", () => {
    const named = testsNamedIn(page);
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter((test) => !isThere(test))).toEqual([]);
  });
});
