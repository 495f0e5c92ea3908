/** Which cell gives which claim: by the names of the columns, or as a mapping says. */
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import type { CellMapper } from "../../core/catalogue/map-cell.ts";
import { cellMapper } from "../../core/catalogue/map-cell.ts";
import { HOLDER_KEY_COLUMN, isConstant } from "../../core/catalogue/mapping.ts";
import type { ClaimSource, Mapping } from "../../core/catalogue/mapping.ts";
import { isNullable } from "../../core/catalogue/record-schema.ts";
import { Problem } from "../../core/problem.ts";
import type { Cell, RecordSource } from "../../ports/record-source.ts";

/** What gives one member of a record. */
export interface Field {
  readonly name: string;
  /** The column's name, for people; empty for a constant. */
  readonly column: string;
  /** Counted from 0; -1 for a constant. */
  readonly at: number;
  readonly constant: string;
  readonly mapper: CellMapper | null;
  /** Whether null says something, namely 长期, and not merely that there is nothing. */
  readonly isNullable: boolean;
}

type Columns = Pick<RecordSource, "name" | "columns">;

/**
 * @param mapping null where the columns are named as the claims are
 * @throws Problem COLUMN_MISSING, COLUMN_UNKNOWN or COLUMN_DOUBLED, each naming all columns concerned.
 */
export function fieldsOf(
  type: CertificateType,
  source: Columns,
  mapping: Mapping | null,
): readonly Field[] {
  const misfit = columnMisfit(type, source.columns, mapping);
  requireNone("COLUMN_DOUBLED", source.name, misfit.doubled);
  requireNone("COLUMN_UNKNOWN", source.name, misfit.unknown);
  requireNone("COLUMN_MISSING", source.name, misfit.missing);
  return usableFields(type, source.columns, mapping);
}

/** What of the columns does not fit; all empty where everything does. */
export interface ColumnMisfit {
  readonly doubled: readonly string[];
  /** Columns that neither give a claim nor are to be ignored. */
  readonly unknown: readonly string[];
  /** Columns that the mapping names and the source lacks; and claims that must be there and nothing gives. */
  readonly missing: readonly string[];
}

export function columnMisfit(
  type: CertificateType,
  columns: readonly string[],
  mapping: Mapping | null,
): ColumnMisfit {
  const claims = claimsOf(type, columns, mapping);
  const named = Object.values(claims).flatMap((from) => (isConstant(from) ? [] : [from.column]));
  const ignored = new Set(mapping?.ignore);
  const used = new Set([...named, ...ignored]);
  const absent = new Set(named.filter((column) => !columns.includes(column)));
  const ungiven = type.schema.required.filter((name) => !Object.hasOwn(claims, name));
  return {
    doubled: columns.filter((column, i) => columns.indexOf(column) !== i && !ignored.has(column)),
    unknown: columns.filter((column) => !used.has(column)),
    missing: [...absent, ...ungiven],
  };
}

/** Those whose column is there. */
export function usableFields(
  type: CertificateType,
  columns: readonly string[],
  mapping: Mapping | null,
): readonly Field[] {
  return Object.entries(claimsOf(type, columns, mapping))
    .map(([name, from]) => fieldOf(type, columns, name, from))
    .filter(({ at, column }) => at >= 0 || column === "");
}

/** Without a mapping each column gives the claim of its name. */
function claimsOf(
  { schema }: CertificateType,
  columns: readonly string[],
  mapping: Mapping | null,
): Readonly<Record<string, ClaimSource>> {
  if (mapping !== null) return mapping.claims;
  const known = [...Object.keys(schema.properties), HOLDER_KEY_COLUMN];
  const named = known.filter((name) => columns.includes(name));
  return Object.fromEntries(named.map((name) => [name, { column: name }]));
}

function fieldOf(
  { schema }: CertificateType,
  columns: readonly string[],
  name: string,
  from: ClaimSource,
): Field {
  const property = Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
  const nullable = property !== undefined && isNullable(property);
  if (isConstant(from)) {
    const { constant } = from;
    return { name, column: "", at: -1, constant, mapper: null, isNullable: nullable };
  }
  const { column } = from;
  const at = columns.indexOf(column);
  return { name, column, at, constant: "", mapper: cellMapper(from), isNullable: nullable };
}

function requireNone(
  code: "COLUMN_DOUBLED" | "COLUMN_UNKNOWN" | "COLUMN_MISSING",
  name: string,
  columns: readonly string[],
): void {
  if (columns.length > 0) throw new Problem(code, `${name}: ${columns.join(", ")}`);
}

/** The cell of a field as it is. JSON's null is nothing, unless the type lets it say 长期. */
export function cellOf(field: Field, cells: readonly Cell[]): Cell {
  if (field.at < 0) return field.constant;
  const cell = cells[field.at] ?? null;
  return cell === null && !field.isNullable ? "" : cell;
}
