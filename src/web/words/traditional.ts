/** Chinese words in traditional characters, by the table that is made when the pages are built. */
import { shallowRef } from "vue";
import { converterOf } from "./traditional-converter.ts";

type Convert = (text: string) => string;

const convert = shallowRef<Convert | null>(null);

/** The words as they are until the table is there; then whoever shows them shows them anew. */
export function inTraditional(text: string): string {
  return convert.value?.(text) ?? text;
}

/** Fetches the table, once; only who reads traditional characters needs it. */
export async function loadTraditional(): Promise<void> {
  if (convert.value !== null) return;
  const { default: words } = await import("virtual:traditional-words");
  convert.value = converterOf(words);
}
