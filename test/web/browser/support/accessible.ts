/** Whether a page can be used by everyone, as far as axe-core can tell. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";

declare const axe: { run(root: Document, options: RunOptions): Promise<AxeResults> };

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** WCAG 2.2 A and AA, and what came before it. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** @returns one line for each element that breaks a rule */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(SOURCE);
  const { violations } = await page.evaluate(run, {
    ...{ resultTypes: ["violations"], runOnly: { type: "tag", values: TAGS } },
    // Of these tags, but off where nobody asks for it.
    rules: { "target-size": { enabled: true } },
  } satisfies RunOptions);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, any }) => {
      const why = any[0]?.message ?? help;
      return `${id}: ${target.join(" ")}: ${why}`;
    }),
  );
}

function run(options: RunOptions): Promise<AxeResults> {
  return axe.run(document, options);
}

/** @throws with every breach of WCAG 2.2 AA that axe-core finds in the page as it is now */
export async function expectAccessible(page: Page): Promise<void> {
  const faults = await accessibilityFaults(page);
  if (faults.length > 0) {
    throw new Error(`${page.url()} is not accessible:\n${faults.join("\n")}`);
  }
}
