/** Lists in pages: everything that fits, counted, with the place of the chain that it was read at. */
import type { AnswerLedger } from "../app/answer.ts";
import type { Parameter } from "./route.ts";

const MAX_PAGE_ITEMS = 1_000;
const DEFAULT_PAGE_ITEMS = 100;

export interface PageParameters {
  readonly limit: number;
  readonly offset: number;
}

export const PAGE_PARAMETERS: readonly Parameter[] = [
  {
    name: "limit",
    in: "query",
    description: `How many items to answer at most (每页条数), ${String(DEFAULT_PAGE_ITEMS)} by default.`,
    schema: { type: "integer", minimum: 1, maximum: MAX_PAGE_ITEMS, default: DEFAULT_PAGE_ITEMS },
  },
  {
    name: "offset",
    in: "query",
    description: "How many items to pass over first (跳过条数).",
    schema: { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 0 },
  },
];

interface Page<T> extends PageParameters {
  readonly items: readonly T[];
  /** How many there are in all. */
  readonly total: number;
  readonly ledger: AnswerLedger;
}

/** @param toItem is asked for the items of this page alone. */
export function pageOf<R, T>(
  records: readonly R[],
  { limit, offset }: PageParameters,
  ledger: AnswerLedger,
  toItem: (record: R) => T,
): Page<T> {
  const items = records.slice(offset, offset + limit).map(toItem);
  return { items, total: records.length, limit, offset, ledger };
}
