/** docs/asvs.md: every row of levels 1 and 2 is in it once, and every file that it names is there. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";

const ROOT = join(import.meta.dirname, "../../..");
const sheet = readFileSync(join(ROOT, "docs/asvs.md"), "utf8");

/** The rows of levels 1 and 2 of ASVS 5.0.0, by section. */
const SECTIONS = `1.1.1-2 1.2.1-9 1.3.1-11 1.4.1-3 1.5.1-2 2.1.1-3 2.2.1-3 2.3.1-4 2.4.1-1 3.2.1-2 3.3.1-4
  3.4.1-6 3.5.1-5 3.7.1-2 4.1.1-3 4.2.1-1 4.3.1-2 4.4.1-4 5.1.1-1 5.2.1-3 5.3.1-2 5.4.1-3 6.1.1-3 6.2.1-12
  6.3.1-4 6.4.1-4 6.5.1-5 6.6.1-3 6.8.1-4 7.1.1-3 7.2.1-4 7.3.1-2 7.4.1-5 7.5.1-2 7.6.1-2 8.1.1-2 8.2.1-3
  8.3.1-1 8.4.1-1 9.1.1-3 9.2.1-4 10.1.1-2 10.2.1-2 10.3.1-4 10.4.1-11 10.5.1-5 10.6.1-2 10.7.1-3 11.1.1-2
  11.2.1-3 11.3.1-3 11.4.1-4 11.5.1-1 11.6.1-1 12.1.1-3 12.2.1-2 12.3.1-4 13.1.1-1 13.2.1-5 13.3.1-2
  13.4.1-5 14.1.1-2 14.2.1-4 14.3.1-3 15.1.1-3 15.2.1-3 15.3.1-7 16.1.1-1 16.2.1-5 16.3.1-4 16.4.1-3
  16.5.1-3 17.1.1-1 17.2.1-4 17.3.1-2`;

/** "V1.2.6", "V1.2.8" → V1.2.6, V1.2.7, V1.2.8 */
function rowsBetween(first: string, last: string): string[] {
  const [, section = "", from = ""] = /^V(\d+\.\d+)\.(\d+)$/.exec(first) ?? [];
  const to = Number(last.split(".").at(-1));
  const count = to - Number(from) + 1;
  return Array.from({ length: count }, (_, i) => `V${section}.${String(Number(from) + i)}`);
}

const asked = SECTIONS.split(/\s+/).flatMap((text) => {
  const [, section = "", from = "", to = ""] = /^(\d+\.\d+)\.(\d+)-(\d+)$/.exec(text) ?? [];
  return rowsBetween(`V${section}.${from}`, to);
});

const lines = [...sheet.matchAll(/^\| (V[^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)];

describe("the sheet", () => {
  it("has every row of levels 1 and 2 once, and no other", () => {
    const named = lines.flatMap(([, cell = ""]) => {
      return cell.split(", ").flatMap((range) => {
        const [first = "", last = first] = range.trim().split("–");
        return rowsBetween(first, last);
      });
    });
    expect(asked).toHaveLength(253);
    expect(named.sort()).toEqual(asked.sort());
  });

  it("says of each what is asked, and what shows it or why nothing does", () => {
    for (const [, , what = "", how = ""] of lines) {
      expect(what.trim().length).toBeGreaterThan(2);
      expect(how.trim().length).toBeGreaterThan(3);
    }
  });

  it("names files that are there", () => {
    const files = [...sheet.matchAll(/`([\w./-]+\/[\w./-]+\.\w+)`/g)].map(([, file = ""]) => file);
    const missing = files.filter((file) => !file.startsWith("/") && !existsSync(join(ROOT, file)));
    expect(files.length).toBeGreaterThan(80);
    expect([...new Set(missing)]).toEqual([]);
  });
});
