/** Records as CSV (RFC 4180) in UTF-8, one chunk for each line. */
export function* toCsv(
  columns: readonly string[],
  records: Iterable<Readonly<Record<string, string>>>,
): Iterable<string> {
  yield toLine(columns);
  for (const record of records) yield toLine(columns.map((column) => record[column] ?? ""));
}

function toLine(cells: readonly string[]): string {
  return `${cells.map(toCell).join(",")}\r\n`;
}

function toCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
