/** Where records come from: a file, standard input, or a query. */
import { readFile } from "node:fs/promises";
import { openSource } from "../../adapters/sources/open-source.ts";
import { isPostgresUrl } from "../../adapters/store/postgres-connection.ts";
import type { SourceOptions } from "../../adapters/sources/source-options.ts";
import { databasePassword } from "../../config.ts";
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import type { Mapping } from "../../core/catalogue/mapping.ts";
import { Problem } from "../../core/problem.ts";
import type { RecordSource } from "../../ports/record-source.ts";

export { ENCODINGS, FILE_FORMATS } from "../../adapters/sources/source-options.ts";
export { isPostgresUrl };

export interface SourceOrder extends SourceOptions {
  /** A path, `-` for standard input, or a postgres:// address. */
  readonly place: string;
  /** For a database, one of the two. */
  readonly query?: string;
  readonly queryFile?: string;
}

/** @throws Problem USAGE, and what opening a source can end in. Close it when done. */
export async function openRecords(order: SourceOrder): Promise<RecordSource> {
  const { place, query, queryFile, ...options } = order;
  if (!isPostgresUrl(place)) {
    if (query !== undefined || queryFile !== undefined) {
      throw new Problem("USAGE", "--query is for a source that begins with postgres://");
    }
    return openSource(place, options);
  }
  if (Object.keys(options).length > 0) {
    throw new Problem("USAGE", `--${String(Object.keys(options)[0])} is for files`);
  }
  const url = place;
  const { postgresSource } = await import("../../adapters/sources/postgres-source.ts");
  return postgresSource({ url, query: await queryOf(order), password: databasePassword() });
}

async function queryOf({ query, queryFile }: SourceOrder): Promise<string> {
  if ((query === undefined) === (queryFile === undefined)) {
    throw new Problem("USAGE", "exactly one of --query, --query-file expected");
  }
  if (query !== undefined) return query;
  return readFile(String(queryFile), "utf8").catch((error: unknown) => {
    throw new Problem("FILE_NOT_FOUND", String(queryFile), error);
  });
}

/** As readMapping of mapping-file.ts. */
export async function readMapping(file: string, type: CertificateType): Promise<Mapping> {
  const { readMapping: read } = await import("../../adapters/sources/mapping-file.ts");
  return read(file, type);
}
