/**
 * Turns the text of a table cell into what the schema asks for. A text that can't be turned stays as
 * it is and is reported by the schema check; values that are not text are left alone.
 */
import type { FieldSchema } from "./record-schema.ts";
import { isNullable, mainTypeOf } from "./record-schema.ts";

/** Written where a certificate has no end date. */
export const NO_END = "长期";
const TRUTH: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["是", true],
  ["false", false],
  ["否", false],
]);
const INTEGER = /^-?\d{1,15}$/;
/** 2026-01-31, 2026/1/31, 2026.1.31, 2026年1月31日, 20260131 */
const DATE = /^(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d\d)(\d\d))$/;

/** The record with its cells coerced; empty cells and undefined members count as absent. */
export function coerceRecord(
  properties: Readonly<Record<string, FieldSchema>>,
  record: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const filled = Object.entries(record).filter(([, cell]) => cell !== "" && cell !== undefined);
  return Object.fromEntries(
    filled.map(([name, cell]) => {
      const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return [name, schema === undefined ? cell : coerceCell(schema, cell)];
    }),
  );
}

/**
 * - integers: digits with an optional minus;
 * - booleans: `true`, `false`, `是`, `否`;
 * - dates: year, month, day in any of the usual ways, made into YYYY-MM-DD;
 * - lists: items with `;` between them; lists of maps and maps: JSON;
 * - `长期` where the schema allows null.
 */
export function coerceCell(schema: FieldSchema, cell: unknown): unknown {
  if (typeof cell !== "string") return cell;
  if (cell === NO_END && isNullable(schema)) return null;
  switch (mainTypeOf(schema)) {
    case "integer":
      return INTEGER.test(cell) ? Number(cell) : cell;
    case "boolean":
      return TRUTH.get(cell) ?? cell;
    case "array":
      return listFrom(schema, cell);
    case "object":
      return jsonFrom(cell);
    default:
      return schema.format === "date" ? dateFrom(cell) : cell;
  }
}

function listFrom(schema: FieldSchema, cell: string): unknown {
  const items = schema.items as FieldSchema;
  if (mainTypeOf(items) === "object") return jsonFrom(cell);
  return cell.split(";").map((item) => coerceCell(items, item.trim()));
}

function jsonFrom(cell: string): unknown {
  try {
    return JSON.parse(cell) as unknown;
  } catch {
    return cell;
  }
}

function dateFrom(cell: string): string {
  const parts = DATE.exec(cell);
  if (parts === null) return cell;
  const [, year, , ...rest] = parts;
  const [month, day] = rest.filter(Boolean) as [string, string];
  return `${String(year)}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}
