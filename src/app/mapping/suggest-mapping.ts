/** Proposes a mapping for a table: columns by their names, steps by the values that occur. */
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import type { ClaimSource, Mapping } from "../../core/catalogue/mapping.ts";
import { HOLDER_KEY_COLUMN, MAPPING_FORMAT } from "../../core/catalogue/mapping.ts";
import type { RecordSource } from "../../ports/record-source.ts";
import type { ColumnMatch } from "./match-columns.ts";
import { matchColumns } from "./match-columns.ts";
import { suggestSteps } from "./suggest-steps.ts";

export interface Suggestion {
  readonly mapping: Mapping;
  readonly matches: readonly ColumnMatch[];
  /** Claims that must be there and for which no column was found: each needs a column or a constant. */
  readonly withoutColumn: readonly string[];
}

/** Records looked at for their values: more would hardly tell more. */
const LOOKED_AT = 2_000;

/** @throws Problem SOURCE_…. The source stays open. */
export async function suggestMapping(
  type: CertificateType,
  source: Pick<RecordSource, "columns" | "pages">,
): Promise<Suggestion> {
  const matches = matchColumns(type, source.columns);
  const values = await valuesOf(source);
  const claims = matches.map(({ claim, column }) => {
    return [claim, sourceOf(type, claim, column, values.get(column) ?? new Set())] as const;
  });
  const given = new Set(matches.map(({ claim }) => claim));
  const used = new Set(matches.map(({ column }) => column));
  return {
    mapping: {
      format: MAPPING_FORMAT,
      type: type.code,
      schemaVersion: type.version,
      claims: Object.fromEntries(inOrder(type, new Map(claims))),
      ignore: [...new Set(source.columns.filter((column) => !used.has(column)))],
    },
    matches: matches.toSorted((a, b) => {
      return source.columns.indexOf(a.column) - source.columns.indexOf(b.column);
    }),
    withoutColumn: type.schema.required.filter((name) => !given.has(name)),
  };
}

function inOrder(
  type: CertificateType,
  claims: ReadonlyMap<string, ClaimSource>,
): [string, ClaimSource][] {
  const names = [...type.claims.map(({ name }) => name), HOLDER_KEY_COLUMN];
  return names.flatMap((name): [string, ClaimSource][] => {
    const source = claims.get(name);
    return source === undefined ? [] : [[name, source]];
  });
}

/** The different texts of each column, of the first records. */
async function valuesOf({
  columns,
  pages,
}: Pick<RecordSource, "columns" | "pages">): Promise<ReadonlyMap<string, Set<string>>> {
  const values = new Map(columns.map((column) => [column, new Set<string>()]));
  let count = 0;
  for await (const page of pages()) {
    for (const { cells } of page) {
      columns.forEach((column, i) => {
        const cell = cells[i];
        if (typeof cell === "string" && cell !== "") values.get(column)?.add(cell);
      });
    }
    count += page.length;
    if (count >= LOOKED_AT) break;
  }
  return values;
}

function sourceOf(
  { schema }: CertificateType,
  claim: string,
  column: string,
  values: ReadonlySet<string>,
): ClaimSource {
  const property = Object.hasOwn(schema.properties, claim) ? schema.properties[claim] : undefined;
  return property === undefined ? { column } : { column, ...suggestSteps(property, [...values]) };
}
