/**
 * Lists in pages. What the chain records keeps its place for ever, so a page begins where the one before ended,
 * however much was recorded between the two.
 */
import type { AnswerLedger } from "../app/answer.ts";
import { fromBase64Url, toBase64Url } from "../core/encoding/bytes.ts";
import { Problem } from "../core/problem.ts";
import type { Parameter } from "./route.ts";

const MAX_PAGE_ITEMS = 1_000;
const DEFAULT_PAGE_ITEMS = 100;
const MAX_CURSOR = 128;

export interface PageParameters {
  readonly limit: number;
  readonly cursor?: string;
}

export const PAGE_PARAMETERS: readonly Parameter[] = [
  {
    name: "limit",
    in: "query",
    description: `How many items to answer at most (每页条数), ${String(DEFAULT_PAGE_ITEMS)} by default.`,
    schema: { type: "integer", minimum: 1, maximum: MAX_PAGE_ITEMS, default: DEFAULT_PAGE_ITEMS },
  },
  {
    name: "cursor",
    in: "query",
    description: "The `next` of the page before (下一页), as it is; without it the first page.",
    schema: { type: "string", minLength: 1, maxLength: MAX_CURSOR },
  },
];

export const SINCE: Parameter = {
  name: "since",
  in: "query",
  description:
    "Only what was recorded after this block (区块号): the `ledger.block` of an earlier answer gives what is new.",
  schema: { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
};

export interface Page<T> {
  readonly items: readonly T[];
  /** The cursor of the next page; null where this is the last. */
  readonly next: string | null;
  /** How many there are in all; null where counting them would take long. */
  readonly total: number | null;
  readonly limit: number;
  readonly ledger: AnswerLedger;
}

/** All records of one kind in the chain's order, of which only those are listed that are asked for. */
export interface List<R, T> {
  /** Its cursors are for it alone. */
  readonly name: string;
  readonly records: Iterable<R>;
  readonly isAskedFor: (record: R) => boolean;
  /** Is asked for the items of this page alone. */
  readonly toItem: (record: R) => T;
}

/** @throws Problem PARAMETER_INVALID for a cursor of another list. */
export function pageOf<R, T>(
  { name, records, isAskedFor, toItem }: List<R, T>,
  { limit, cursor }: PageParameters,
  ledger: AnswerLedger,
): Page<T> {
  const [first] = cursor === undefined ? [0] : readCursor(name, cursor, 1);
  const items: T[] = [];
  let [place, total, next] = [0, 0, null as string | null];
  for (const record of records) {
    if (isAskedFor(record)) {
      total++;
      if (place >= (first as number)) {
        if (items.length < limit) items.push(toItem(record));
        else next ??= cursorOf(name, [place]);
      }
    }
    place++;
  }
  return { items, next, total, limit, ledger };
}

/** @param place numbers that say where a page begins */
export function cursorOf(list: string, place: readonly number[]): string {
  return toBase64Url(new TextEncoder().encode([list, ...place].join("/")));
}

/** @throws Problem PARAMETER_INVALID */
export function readCursor(list: string, cursor: string, numbers: number): readonly number[] {
  const bytes = fromBase64Url(cursor) ?? new Uint8Array();
  const [name, ...place] = new TextDecoder().decode(bytes).split("/");
  const isPlace = place.length === numbers && place.every((part) => /^\d{1,15}$/.test(part));
  if (name === list && isPlace) return place.map(Number);
  throw new Problem("PARAMETER_INVALID", "query.cursor: not the `next` of a page of this list");
}
