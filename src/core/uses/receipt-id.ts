/** How a receipt is named to people: `3f6a0c21b9d4-1041`. */
import type { UsePlace } from "./use.ts";

const ID = /^([0-9a-f]{12})-([1-9][0-9]{0,14})$/;

/** Of a receipt's id in JSON schemas. */
export const RECEIPT_ID_PATTERN = ID.source;

export function receiptId({ strand, number }: UsePlace): string {
  return `${strand}-${String(number)}`;
}

/** @returns null for what is no id */
export function parseReceiptId(id: string): UsePlace | null {
  const [, strand, number] = ID.exec(id) ?? [];
  return strand === undefined ? null : { strand, number: Number(number) };
}
