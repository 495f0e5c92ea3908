/** How a command is told where records come from. */
import { Option } from "commander";
import type { Command } from "commander";
import type { SourceOrder } from "../../main/issuing/sources.ts";
import { ENCODINGS, FILE_FORMATS } from "../../main/issuing/sources.ts";

export interface SourceFlags {
  readonly format?: (typeof FILE_FORMATS)[number];
  readonly encoding?: (typeof ENCODINGS)[number];
  readonly sheet?: string;
  readonly query?: string;
  readonly queryFile?: string;
}

/** --format, --encoding, --sheet, --query and --query-file. */
export function withSource(command: Command): Command {
  return command
    .addOption(
      new Option("--format <name>", "what the file is (default: as it looks)").choices(
        FILE_FORMATS,
      ),
    )
    .addOption(
      new Option("--encoding <name>", "of a text file (default: as it looks)").choices(ENCODINGS),
    )
    .option("--sheet <name>", "the sheet of a workbook (default: the first)")
    .option("--query <sql>", "for a database: one query that only reads, with ORDER BY")
    .option("--query-file <file>", "the same from a file");
}

export const SOURCE_NOTES = `
A source is a file (CSV, TSV, XLSX, JSONL; UTF-8 or GB18030), - for standard input, or a PostgreSQL database with
a query. The database's password is best kept out of the command: in PGPASSWORD, or in ~/.pgpass.`;

export function sourceOrder(place: string, flags: SourceFlags): SourceOrder {
  const { format, encoding, sheet, query, queryFile } = flags;
  return {
    place,
    ...(format !== undefined && { format }),
    ...(encoding !== undefined && { encoding }),
    ...(sheet !== undefined && { sheet }),
    ...(query !== undefined && { query }),
    ...(queryFile !== undefined && { queryFile }),
  };
}
