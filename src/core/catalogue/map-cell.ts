/** The steps that a mapping may ask for on the way from a cell to a claim. */
import { dateOfDay, dayOfDate } from "../identifiers/calendar-date.ts";
import { NO_END } from "./coerce-cell.ts";
import type { ColumnSource, DateFormat } from "./mapping.ts";
import type { RecordFaultCode } from "./record-faults.ts";

export type MappedCell =
  | { readonly value: unknown; readonly fault?: never }
  | { readonly fault: RecordFaultCode; readonly value?: never };

export type CellMapper = (cell: unknown) => MappedCell;

type WrittenFormat = Exclude<DateFormat, "excelSerial">;

/** Year, month, day. */
const WRITTEN: Readonly<Record<WrittenFormat, RegExp>> = {
  YYYYMMDD: /^(\d{4})(\d\d)(\d\d)$/,
  "YYYY-M-D": /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
  "YYYY/M/D": /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/,
  "YYYY.M.D": /^(\d{4})\.(\d{1,2})\.(\d{1,2})$/,
  YYYY年M月D日: /^(\d{4})年(\d{1,2})月(\d{1,2})日$/,
};
const SERIAL = /^\d{1,7}$/;
/** Day 61 of a spreadsheet is 1 March 1900; the days before are counted as in no calendar. */
const FIRST_SERIAL = 61;
const SERIAL_ORIGIN = dayOfDate("1899-12-30");
/** 31 December 2999, where the protocol's dates end. */
const LAST_SERIAL = dayOfDate("2999-12-31") - SERIAL_ORIGIN;

/** Null where nothing is to be done. An empty cell stays empty unless the code table has it. */
export function cellMapper({ split, trim, codes, date }: ColumnSource): CellMapper | null {
  if (split === undefined && trim !== true && codes === undefined && date === undefined)
    return null;
  const steps = (cell: unknown): MappedCell => {
    const text = trim === true && typeof cell === "string" ? cell.trim() : cell;
    return codes === undefined ? dated(date, text) : decoded(codes, date, text);
  };
  return split === undefined ? steps : (cell) => splitCell(split, steps, cell);
}

function splitCell(separator: string, steps: CellMapper, cell: unknown): MappedCell {
  if (typeof cell !== "string" || cell === "") return steps(cell);
  const items = cell.split(separator).map(steps);
  const fault = items.find((item) => item.fault !== undefined);
  return fault ?? { value: items.map(({ value }) => value) };
}

function decoded(
  codes: Readonly<Record<string, string>>,
  date: DateFormat | undefined,
  cell: unknown,
): MappedCell {
  const key = typeof cell === "number" || typeof cell === "boolean" ? String(cell) : cell;
  if (typeof key === "string" && Object.hasOwn(codes, key)) return { value: codes[key] };
  if (cell === "") return { value: cell };
  return date === undefined ? { fault: "CODE_UNKNOWN" } : dated(date, cell);
}

/** 'No end' is not a date and stays what it is. */
function dated(format: DateFormat | undefined, cell: unknown): MappedCell {
  if (format === undefined || cell === "" || cell === NO_END || cell === null)
    return { value: cell };
  const text = typeof cell === "string" || typeof cell === "number" ? String(cell) : "";
  const value = format === "excelSerial" ? fromSerial(text) : fromWritten(WRITTEN[format], text);
  return value === null ? { fault: "DATE_FORMAT" } : { value };
}

function fromWritten(format: RegExp, text: string): string | null {
  const parts = format.exec(text);
  if (parts === null) return null;
  const [year = "", month = "", day = ""] = parts.slice(1);
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

function fromSerial(text: string): string | null {
  const serial = Number(text);
  if (!SERIAL.test(text) || serial < FIRST_SERIAL || serial > LAST_SERIAL) return null;
  return dateOfDay(SERIAL_ORIGIN + serial);
}
