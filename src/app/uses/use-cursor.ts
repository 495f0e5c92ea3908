/** Where the next page of uses begins. */
import { Problem } from "../../core/problem.ts";
import { decodeEntry } from "../../core/uses/entry.ts";
import { parseReceiptId, receiptId } from "../../core/uses/receipt-id.ts";
import type { KeptLine, UseCursor } from "../../ports/use-log.ts";

export function cursorOf({ strand, number, entry }: KeptLine): string {
  return `${String(decodeEntry(entry).use.at)}-${receiptId({ strand, number })}`;
}

/** @throws Problem PARAMETER_INVALID */
export function parseCursor(text: string): UseCursor {
  const [, at = "", id = ""] = /^(\d{1,12})-(.+)$/.exec(text) ?? [];
  const place = parseReceiptId(id);
  if (place === null) throw new Problem("PARAMETER_INVALID", "cursor: the next of a page expected");
  return { at: Number(at), ...place };
}
