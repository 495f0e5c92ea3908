/** What the catalogue with which the pages were built calls the claims of its types: also without a network. */
import type { Words } from "../../core/words.ts";

/** @returns nothing for a type that it does not have: claims then keep their short names */
export async function catalogueNames(type: string | null): Promise<ReadonlyMap<string, Words>> {
  const { default: names } = await import("virtual:claim-names");
  const known = type !== null && Object.hasOwn(names, type) ? names[type] : undefined;
  return new Map(Object.entries(known ?? {}));
}
